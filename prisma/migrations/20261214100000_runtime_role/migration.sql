-- What a role that may only add audit entries needs besides (docs/decisions/0128-running-processes-cannot-change-the-audit-log.md): sealing
-- entries, and removing those that the rule of retention lets go. Both functions run with the rights of whoever owns the tables.

-- Entries of this time and later stay, whatever the seal says was removed: set when it is added, by the rule of that moment.
ALTER TABLE "audit_seals" ADD COLUMN "removed_before" TIMESTAMPTZ(3);

-- Adds a seal behind the last one of its environment and of the installation; false when another seal came first.
CREATE FUNCTION "audit_add_seal"(
    new_environment_id INTEGER,
    new_sequence INTEGER,
    new_number BIGINT,
    new_sealed_at TIMESTAMPTZ,
    new_after_id BIGINT,
    new_through_id BIGINT,
    new_entry_ids BIGINT[],
    new_entry_hashes BYTEA[],
    new_removed_through INTEGER,
    new_previous_hash TEXT,
    new_hash TEXT,
    new_signature TEXT
) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    head RECORD;
    days INTEGER;
    keep_from TIMESTAMPTZ;
BEGIN
    -- One at a time; what was added meanwhile is seen by the statements that follow.
    PERFORM FROM audit_chain WHERE id = 1 FOR UPDATE;
    IF NOT FOUND OR new_number <> 1 + (SELECT greatest(seals, (SELECT max(number) FROM audit_seals)) FROM audit_chain WHERE id = 1) THEN
        RETURN false;
    END IF;
    SELECT sequence, hash, through_id INTO head FROM audit_seals WHERE environment_id = new_environment_id ORDER BY sequence DESC LIMIT 1;
    IF new_sequence <> coalesce(head.sequence, 0) + 1 OR new_previous_hash <> coalesce(head.hash, '')
        OR new_after_id <> coalesce(head.through_id, (-9223372036854775808)::BIGINT) THEN
        RETURN false;
    END IF;

    IF new_through_id < new_after_id OR cardinality(new_entry_ids) <> cardinality(new_entry_hashes)
        OR new_through_id > greatest(new_after_id, coalesce(pg_sequence_last_value(pg_get_serial_sequence('audit_entries', 'id')::regclass), 0))
        OR EXISTS (SELECT FROM unnest(new_entry_ids) AS id WHERE id <= new_after_id OR id > new_through_id) THEN
        RAISE insufficient_privilege USING MESSAGE = 'a seal covers entries that there are, behind those of the seal before it';
    END IF;
    IF new_removed_through IS NOT NULL THEN
        SELECT (value ->> 'auditDays')::INTEGER INTO days FROM installation_facts WHERE key = 'retention';
        IF days IS NULL OR new_removed_through >= new_sequence OR new_through_id <> new_after_id OR cardinality(new_entry_ids) > 0 THEN
            RAISE insufficient_privilege USING MESSAGE = 'the rule of retention removes no entries';
        END IF;
        -- The clocks of the product and of the database may be some seconds apart.
        keep_from := clock_timestamp() - make_interval(days => greatest(days, 30)) + interval '1 minute';
    END IF;

    INSERT INTO audit_seals (environment_id, sequence, number, sealed_at, after_id, through_id, entry_ids, entry_hashes,
        removed_through, removed_before, previous_hash, hash, signature)
    VALUES (new_environment_id, new_sequence, new_number, new_sealed_at, new_after_id, new_through_id, new_entry_ids, new_entry_hashes,
        new_removed_through, keep_from, new_previous_hash, new_hash, new_signature);
    UPDATE audit_chain SET seals = new_number WHERE id = 1;
    RETURN true;
END $$;

-- Deletes the first seal of an environment with the entries that it covers, when a later seal says that it is removed; false when none does.
CREATE FUNCTION "audit_remove_sealed"(of_environment_id INTEGER) RETURNS BOOLEAN LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    oldest RECORD;
    keep_from TIMESTAMPTZ;
BEGIN
    SELECT sequence, after_id, through_id INTO oldest FROM audit_seals
        WHERE environment_id = of_environment_id ORDER BY sequence LIMIT 1 FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    -- Seals of before there was `removed_before` have none.
    SELECT coalesce(removed_before, clock_timestamp() - interval '30 days') INTO keep_from FROM audit_seals
        WHERE environment_id = of_environment_id AND removed_through >= oldest.sequence ORDER BY removed_through LIMIT 1;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF EXISTS (SELECT FROM audit_entries WHERE environment_id = of_environment_id
        AND id > oldest.after_id AND id <= oldest.through_id AND at >= keep_from) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the rule of retention keeps entries of this seal';
    END IF;
    DELETE FROM audit_entries WHERE environment_id = of_environment_id AND id > oldest.after_id AND id <= oldest.through_id;
    DELETE FROM audit_seals WHERE environment_id = of_environment_id AND sequence = oldest.sequence;
    RETURN true;
END $$;

-- Nothing of the caller's may stand in for a table or an operator that they name; and nobody calls them who was not given the right to.
DO $$
DECLARE
    made REGPROCEDURE;
BEGIN
    FOREACH made IN ARRAY ARRAY['audit_add_seal'::regproc::regprocedure, 'audit_remove_sealed'::regproc::regprocedure] LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, pg_temp', made, current_schema());
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', made);
    END LOOP;
END $$;
