import { payments } from "./payments";
import { shopApi } from "./shop-api";
import { shopWebsite } from "./shop-website";
import { warehouse } from "./warehouse";

/** The demo's projects with their kinds of errors. */
export const DEMO_PROJECTS = [shopWebsite, shopApi, payments, warehouse] as const;
