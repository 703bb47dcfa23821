-- CreateTable
CREATE TABLE "audit_chain" (
    "position" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("position")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_chain_entry_id_key" ON "audit_chain"("entry_id");

-- The bytes of an entry that its link is made of: each field with its length before it, so that no two entries have the same
-- (lib/access/audit-chain/link.ts makes the same ones).
CREATE FUNCTION audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN value IS NULL THEN '-;' ELSE octet_length(convert_to(value, 'UTF8')) || ':' || value || ';' END
$$;

CREATE FUNCTION audit_link(previous bytea, e audit_entries) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
  SELECT sha256(previous || convert_to(
    audit_field(e.id::text) || audit_field(round(extract(epoch FROM e.at) * 1000)::bigint::text) || audit_field(e.actor_kind)
      || audit_field(e.actor_id) || audit_field(e.actor_name) || audit_field(e.action) || audit_field(e.subject_type)
      || audit_field(e.subject_id) || audit_field(e.before::text) || audit_field(e.after::text) || audit_field(e.address),
    'UTF8'))
$$;

-- Entries are linked as their transactions end, one after the other: the lock is the last one that a transaction takes, so
-- that it can't be part of a deadlock.
CREATE FUNCTION link_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last audit_chain;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('watchkeeper.audit-chain'));
  SELECT * INTO last FROM audit_chain ORDER BY position DESC LIMIT 1;
  INSERT INTO audit_chain (position, entry_id, hash)
  VALUES (coalesce(last.position, 0) + 1, NEW.id, audit_link(coalesce(last.hash, ''), NEW));
  RETURN NULL;
END
$$;

-- What was written before there was a chain.
DO $$
DECLARE
  entry audit_entries;
  n bigint := 0;
  link bytea := '';
BEGIN
  FOR entry IN SELECT * FROM audit_entries ORDER BY id LOOP
    n := n + 1;
    link := audit_link(link, entry);
    INSERT INTO audit_chain (position, entry_id, hash) VALUES (n, entry.id, link);
  END LOOP;
END
$$;

CREATE CONSTRAINT TRIGGER audit_entries_are_linked AFTER INSERT ON audit_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION link_audit_entry();

CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit trail can only be added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
CREATE TRIGGER audit_chain_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit();
