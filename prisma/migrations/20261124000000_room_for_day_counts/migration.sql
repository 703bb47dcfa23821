-- Every run of a check adds to its day's row: room on the page keeps the updates in place, as in health_checks.
ALTER TABLE "health_check_days" SET (fillfactor = 50);
