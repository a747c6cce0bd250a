CREATE SCHEMA onedoor;
CREATE FUNCTION onedoor.mt_archive_stream(streamid uuid) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
  update onedoor.mt_streams set is_archived = TRUE where id = streamid ;
  update onedoor.mt_events set is_archived = TRUE where stream_id = streamid ;
END;
$$;
CREATE FUNCTION onedoor.mt_grams_array(words text, use_unaccent boolean DEFAULT false) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
        DECLARE
result text[];
        DECLARE
word text;
        DECLARE
clean_word text;
BEGIN
                FOREACH
word IN ARRAY string_to_array(words, ' ')
                LOOP
                     clean_word = regexp_replace(onedoor.mt_safe_unaccent(use_unaccent, word), '[^a-zA-Z0-9]+', '','g');
FOR i IN 1 .. length(clean_word)
                     LOOP
                         result := result || quote_literal(substr(lower(clean_word), i, 1));
                         result
:= result || quote_literal(substr(lower(clean_word), i, 2));
                         result
:= result || quote_literal(substr(lower(clean_word), i, 3));
END LOOP;
END LOOP;
RETURN ARRAY(SELECT DISTINCT e FROM unnest(result) AS a(e) ORDER BY e);
END;
$$;
CREATE FUNCTION onedoor.mt_grams_query(text, use_unaccent boolean DEFAULT false) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $_$
BEGIN
RETURN (SELECT array_to_string(onedoor.mt_grams_array($1, use_unaccent), ' & ') ::tsquery);
END
$_$;
CREATE FUNCTION onedoor.mt_grams_vector(text, use_unaccent boolean DEFAULT false) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $_$
BEGIN
RETURN (SELECT array_to_string(onedoor.mt_grams_array($1, use_unaccent), ' ') ::tsvector);
END
$_$;
CREATE FUNCTION onedoor.mt_immutable_date(value text) RETURNS date
    LANGUAGE sql IMMUTABLE
    AS $$
select value::date
$$;
CREATE FUNCTION onedoor.mt_immutable_time(value text) RETURNS time without time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::time
$$;
CREATE FUNCTION onedoor.mt_immutable_timestamp(value text) RETURNS timestamp without time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::timestamp
$$;
CREATE FUNCTION onedoor.mt_immutable_timestamptz(value text) RETURNS timestamp with time zone
    LANGUAGE sql IMMUTABLE
    AS $$
select value::timestamptz
$$;
CREATE FUNCTION onedoor.mt_jsonb_append(jsonb, text[], jsonb, boolean, jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    if_not_exists ALIAS FOR $4;
    patch_expression ALIAS FOR $5;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) = 'object' AND NOT tmp_value @> jsonb_build_array(val) THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) <> 'object' AND NOT tmp_value @> val THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN patch_expression IS NOT NULL AND jsonb_typeof(patch_expression) = 'array' AND jsonb_array_length(patch_expression) = 0 THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            ELSE NULL;
            END CASE;
    END IF;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_append_key_value(jsonb, text[], jsonb, boolean) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    if_not_exists ALIAS FOR $4;
    tmp_value jsonb;
    _key text;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'object' THEN
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            WHEN NOT tmp_value ?| ARRAY(SELECT jsonb_object_keys(val)) THEN
                retval = jsonb_set(retval, location, tmp_value || val, FALSE);
            ELSE NULL;
        END CASE;
    END IF;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_copy(jsonb, text[], text[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    src_path ALIAS FOR $2;
    dst_path ALIAS FOR $3;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> src_path;
    retval = onedoor.mt_jsonb_fix_null_parent(retval, dst_path);
    RETURN jsonb_set(retval, dst_path, tmp_value::jsonb, TRUE);
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_duplicate(jsonb, text[], jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    targets ALIAS FOR $3;
    tmp_value jsonb;
    target_path text[];
    target text;
BEGIN
    FOR target IN SELECT jsonb_array_elements_text(targets)
    LOOP
        target_path = onedoor.mt_jsonb_path_to_array(target, '\.');
        retval = onedoor.mt_jsonb_copy(retval, location, target_path);
    END LOOP;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_fix_null_parent(jsonb, text[]) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
retval ALIAS FOR $1;
    dst_path ALIAS FOR $2;
    dst_path_segment text[] = ARRAY[]::text[];
    dst_path_array_length integer;
    i integer = 1;
BEGIN
    dst_path_array_length = array_length(dst_path, 1);
    WHILE i <=(dst_path_array_length - 1)
    LOOP
        dst_path_segment = dst_path_segment || ARRAY[dst_path[i]];
        IF retval #> dst_path_segment IS NULL OR retval #> dst_path_segment = 'null'::jsonb THEN
            retval = jsonb_set(retval, dst_path_segment, '{}'::jsonb, TRUE);
        END IF;
        i = i + 1;
    END LOOP;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_increment(jsonb, text[], numeric) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
retval ALIAS FOR $1;
    location ALIAS FOR $2;
    increment_value ALIAS FOR $3;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NULL THEN
        tmp_value = to_jsonb(0);
END IF;
RETURN jsonb_set(retval, location, to_jsonb(tmp_value::numeric + increment_value), TRUE);
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_insert(jsonb, text[], jsonb, integer, boolean, jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    elm_index ALIAS FOR $4;
    if_not_exists ALIAS FOR $5;
    patch_expression ALIAS FOR $6;
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        IF elm_index IS NULL THEN
            elm_index = jsonb_array_length(tmp_value) + 1;
        END IF;
        CASE
            WHEN NOT if_not_exists THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) = 'object' AND NOT tmp_value @> jsonb_build_array(val) THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NULL AND jsonb_typeof(val) <> 'object' AND NOT tmp_value @> val THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            WHEN patch_expression IS NOT NULL AND jsonb_typeof(patch_expression) = 'array' AND jsonb_array_length(patch_expression) = 0 THEN
                retval = jsonb_insert(retval, location || elm_index::text, val);
            ELSE NULL;
        END CASE;
    END IF;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_move(jsonb, text[], text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    src_path ALIAS FOR $2;
    dst_name ALIAS FOR $3;
    dst_path text[];
    tmp_value jsonb;
BEGIN
    tmp_value = retval #> src_path;
    retval = retval #- src_path;
    dst_path = src_path;
    dst_path[array_length(dst_path, 1)] = dst_name;
    retval = onedoor.mt_jsonb_fix_null_parent(retval, dst_path);
    RETURN jsonb_set(retval, dst_path, tmp_value, TRUE);
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_patch(jsonb, jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    patchset ALIAS FOR $2;
    patch jsonb;
    patch_path text[];
    patch_expression jsonb;
    value jsonb;
BEGIN
    FOR patch IN SELECT * from jsonb_array_elements(patchset)
    LOOP
        patch_path = onedoor.mt_jsonb_path_to_array((patch->>'path')::text, '\.');
        patch_expression = null;
        IF (patch->>'type') IN ('remove', 'append_if_not_exists', 'insert_if_not_exists') AND (patch->>'expression') IS NOT NULL THEN
            patch_expression = jsonb_path_query_array(retval #> patch_path, (patch->>'expression')::jsonpath);
        END IF;
        CASE patch->>'type'
            WHEN 'set' THEN
                retval = jsonb_set(retval, patch_path, (patch->'value')::jsonb, TRUE);
            WHEN 'delete' THEN
                retval = retval#-patch_path;
            WHEN 'append' THEN
                retval = onedoor.mt_jsonb_append(retval, patch_path, (patch->'value')::jsonb, FALSE);
            WHEN 'append_if_not_exists' THEN
                retval = onedoor.mt_jsonb_append(retval, patch_path, (patch->'value')::jsonb, TRUE, patch_expression);
            WHEN 'append_key_value' THEN
                retval = onedoor.mt_jsonb_append_key_value(retval, patch_path, (patch->'key_value')::jsonb, FALSE);
            WHEN 'append_key_value_if_not_exists' THEN
                retval = onedoor.mt_jsonb_append_key_value(retval, patch_path, (patch->'key_value')::jsonb, TRUE);
            WHEN 'insert' THEN
                retval = onedoor.mt_jsonb_insert(retval, patch_path, (patch->'value')::jsonb, (patch->>'index')::integer, FALSE);
            WHEN 'insert_if_not_exists' THEN
                retval = onedoor.mt_jsonb_insert(retval, patch_path, (patch->'value')::jsonb, (patch->>'index')::integer, TRUE, patch_expression);
            WHEN 'remove' THEN
                retval = onedoor.mt_jsonb_remove(retval, patch_path, COALESCE(patch_expression, (patch->'value')::jsonb));
            WHEN 'remove_key' THEN
                retval = onedoor.mt_jsonb_remove_key(retval, patch_path, (patch->>'key'));
            WHEN 'duplicate' THEN
                retval = onedoor.mt_jsonb_duplicate(retval, patch_path, (patch->'targets')::jsonb);
            WHEN 'rename' THEN
                retval = onedoor.mt_jsonb_move(retval, patch_path, (patch->>'to')::text);
            WHEN 'increment' THEN
                retval = onedoor.mt_jsonb_increment(retval, patch_path, (patch->>'increment')::numeric);
            WHEN 'increment_float' THEN
                retval = onedoor.mt_jsonb_increment(retval, patch_path, (patch->>'increment')::numeric);
            ELSE NULL;
        END CASE;
    END LOOP;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_path_to_array(text, character) RETURNS text[]
    LANGUAGE plpgsql
    AS $_$
DECLARE
    location ALIAS FOR $1;
    regex_pattern ALIAS FOR $2;
BEGIN
RETURN regexp_split_to_array(location, regex_pattern)::text[];
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_remove(jsonb, text[], jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    val ALIAS FOR $3;
    tmp_value jsonb;
    tmp_remove jsonb;
    patch_remove jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'array' THEN
        IF jsonb_typeof(val) = 'array' THEN
            tmp_remove = val;
        ELSE
            tmp_remove = jsonb_build_array(val);
        END IF;
        FOR patch_remove IN SELECT * FROM jsonb_array_elements(tmp_remove)
        LOOP
            tmp_value =(SELECT jsonb_agg(elem)
            FROM jsonb_array_elements(tmp_value) AS elem
            WHERE elem <> patch_remove);
        END LOOP;
        IF tmp_value IS NULL THEN
            tmp_value = '[]'::jsonb;
        END IF;
    END IF;
    RETURN jsonb_set(retval, location, tmp_value, FALSE);
END;
$_$;
CREATE FUNCTION onedoor.mt_jsonb_remove_key(jsonb, text[], text) RETURNS jsonb
    LANGUAGE plpgsql
    AS $_$
DECLARE
    retval ALIAS FOR $1;
    location ALIAS FOR $2;
    _key ALIAS FOR $3;
    tmp_value jsonb;
    tmp_remove jsonb;
    patch_remove jsonb;
BEGIN
    tmp_value = retval #> location;
    IF tmp_value IS NOT NULL AND jsonb_typeof(tmp_value) = 'object' THEN
        RETURN jsonb_set(retval, location, tmp_value - _key, FALSE);
    END IF;
    RETURN retval;
END;
$_$;
CREATE FUNCTION onedoor.mt_mark_event_progression(name character varying, last_encountered bigint) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
INSERT INTO onedoor.mt_event_progression (name, last_seq_id, last_updated)
VALUES (name, last_encountered, transaction_timestamp())
ON CONFLICT ON CONSTRAINT pk_mt_event_progression
    DO
UPDATE SET last_seq_id = last_encountered, last_updated = transaction_timestamp();
END;
$$;
CREATE FUNCTION onedoor.mt_mark_progression_with_skip(shard_name character varying, ending_sequence bigint, starting_sequence bigint) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
DECLARE
    current_value bigint;
BEGIN
    select last_seq_id into current_value from onedoor.mt_event_progression where name = shard_name;
    IF current_value is null then
        -- Bootstrap the high-water row on first invocation. Previously this branch
        -- returned 0, which left HighWaterAgent.CheckNowAsync polling forever because
        -- statistics.CurrentMark never advanced. Issue #4425.
        INSERT INTO onedoor.mt_event_progression (name, last_seq_id, last_updated)
        VALUES (shard_name, ending_sequence, transaction_timestamp())
        ON CONFLICT ON CONSTRAINT pk_mt_event_progression
            DO UPDATE SET last_seq_id = ending_sequence, last_updated = transaction_timestamp();
        IF ending_sequence > starting_sequence THEN
            -- Idempotent: a rebuild/replay re-marks the same skip (ending_sequence is the
            -- PK). Re-recording an existing gap is a no-op. Conflict target is the PK
            -- constraint (the bare column name collides with the function parameter). #4530.
            insert into onedoor.mt_high_water_skips (ending_sequence, starting_sequence) values (ending_sequence, starting_sequence)
                on conflict on constraint pkey_mt_high_water_skips_ending_sequence do nothing;
        END IF;
        return ending_sequence;
    ELSIF current_value = starting_sequence THEN
        update onedoor.mt_event_progression SET last_seq_id = ending_sequence, last_updated = transaction_timestamp() where shard_name = name;
        insert into onedoor.mt_high_water_skips (ending_sequence, starting_sequence) values (ending_sequence, starting_sequence)
            on conflict on constraint pkey_mt_high_water_skips_ending_sequence do nothing;
        return ending_sequence;
    ELSE
        return current_value;
    END IF;
END
$$;
CREATE FUNCTION onedoor.mt_quick_append_events(stream uuid, stream_type character varying, tenantid character varying, event_ids uuid[], event_types character varying[], dotnet_types character varying[], bodies jsonb[], bdatas bytea[], expected_version bigint DEFAULT NULL::bigint) RETURNS bigint[]
    LANGUAGE plpgsql
    AS $$
DECLARE
	event_version bigint;
	stream_is_archived boolean;
	event_type varchar;
	event_id uuid;
	body jsonb;
	index int;
	seq bigint;
    actual_tenant varchar;
    is_new_stream boolean := false;
	return_value bigint[];
BEGIN
    if expected_version IS NOT NULL then
        -- COALESCE turns the NULL we get for a brand-new stream into 0, so a
        -- FetchForWriting against a non-existent stream (which sets
        -- ExpectedVersionOnServer = 0) and a StartStream(id, version: 0) both
        -- land on the new-stream branch instead of mis-firing the guard.
        select version, is_archived into event_version, stream_is_archived from onedoor.mt_streams where id = stream;
        if COALESCE(event_version, 0) != expected_version then
            RAISE EXCEPTION 'Stream version mismatch on ''%'': expected %, actual %', stream, expected_version, COALESCE(event_version, 0) USING ERRCODE = 'MT003';
        end if;
    else
        select version, is_archived into event_version, stream_is_archived from onedoor.mt_streams where id = stream;
    end if;
	if event_version IS NULL then
		event_version = 0;
		is_new_stream := true;
		-- #5456 follow-up: insert the FINAL version straight away rather than 0 plus a
		-- trailing UPDATE of the row we just wrote in this same transaction. That UPDATE
		-- is a second heap tuple + WAL record per stream creation for no observable gain
		-- -- nothing outside this transaction can see the intermediate 0. The trailing
		-- UPDATE below is skipped for this branch via is_new_stream.
		insert into onedoor.mt_streams (id, type, version, timestamp, tenant_id) values (stream, stream_type, COALESCE(array_length(event_ids, 1), 0), now(), tenantid);
    else
        if stream_is_archived then
            RAISE EXCEPTION 'Attempted to append event to archived stream with Id ''%''.', stream USING ERRCODE = 'MT001';
        end if;
        if tenantid IS NOT NULL then
            select tenant_id into actual_tenant from onedoor.mt_streams where id = stream;
            if actual_tenant != tenantid then
                RAISE EXCEPTION 'The tenantid does not match the existing stream';
            end if;
        end if;
	end if;
	index := 1;
	-- #5062: array_length('{}', 1) is NULL in PostgreSQL, not 0, so a call with an
	-- empty event array used to return ARRAY[NULL] -- a bigint[] whose only element
	-- is NULL, which Npgsql cannot read into long[] ('Cannot read a non-nullable
	-- collection of elements because the returned array contains nulls'). COALESCE
	-- makes the empty case mean what it says: zero events appended, so the final
	-- version is the stream's current version.
	return_value := ARRAY[event_version + COALESCE(array_length(event_ids, 1), 0)];
	foreach event_id in ARRAY event_ids
	loop
        seq := nextval('onedoor.mt_events_sequence');
		return_value := array_append(return_value, seq);
	    event_version := event_version + 1;
		event_type = event_types[index];
		body = bodies[index];
		-- #4515 / #4578 / Phase 2: bdatas[index] carries the binary payload
		-- for events opted in to binary serialization (NULL otherwise).
		-- bodies[index] is the {} JSON placeholder for those events so the
		-- existing data jsonb NOT NULL constraint stays intact.
		insert into onedoor.mt_events
			(seq_id, id, stream_id, version, data, bdata, type, tenant_id, timestamp, mt_dotnet_type, is_archived)
		values
			(seq, event_id, stream, event_version, body, bdatas[index], event_type, tenantid, (now() at time zone 'utc'), dotnet_types[index], FALSE);
		index := index + 1;
	end loop;
	-- A brand-new stream already carries its final version from the insert above, so the
	-- UPDATE is only needed when we appended onto a stream that already existed.
	--
	-- #5539: and only when we actually appended something. With ZERO events this was a BLIND write-back
	-- of the version read at the top of the function, and under READ COMMITTED that is a lost update: the
	-- UPDATE waits on a concurrent appender's row lock, the winner commits, the WHERE clause is
	-- re-evaluated against the new row, and `set version = <the stale value>` lands -- leaving
	-- mt_streams.version BELOW the stream's own events. Every later append then computes a version that
	-- already exists and dies on pk_mt_events_stream_and_version, forever, until the row is repaired by
	-- hand. A non-empty call cannot do this: its first INSERT collides with the winner on that same
	-- primary key and rolls the whole thing back, which is why only the empty case was exposed.
	--
	-- Two independent guards, because either alone would have been enough and the cost of both is nil:
	--   * the append count -- appending nothing has nothing to write, so the correct number of statements
	--     is zero rather than one that happens to be harmless;
	--   * greatest(), so the write-back can never LOWER a stream's version whoever calls it. An append
	--     only ever moves a version forward, so this is a no-op on every correct path and a backstop on
	--     any future caller that reads the version and then writes it back.
	if not is_new_stream and COALESCE(array_length(event_ids, 1), 0) > 0 then
		update onedoor.mt_streams set version = greatest(version, event_version), timestamp = now() where id = stream;
	end if;
	return return_value;
END
$$;
CREATE FUNCTION onedoor.mt_safe_unaccent(use_unaccent boolean, word text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    AS $$
BEGIN
IF use_unaccent THEN
    RETURN public.unaccent(word);
ELSE
    RETURN word;
END IF;
END;
$$;
CREATE SEQUENCE onedoor.case_numbers
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
CREATE TABLE onedoor.idempotent_answers (
    id bytea NOT NULL,
    request bytea NOT NULL,
    at timestamp with time zone NOT NULL,
    status integer NOT NULL,
    location text,
    etag text NOT NULL,
    body bytea NOT NULL
)
WITH (toast_tuple_target='8160');
CREATE TABLE onedoor.mt_doc_case (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_dotnet_type character varying,
    mt_version bigint DEFAULT 0 NOT NULL,
    applicant_key character varying,
    submitted_by character varying,
    accept_by timestamp with time zone,
    late_after timestamp with time zone,
    planitem character varying
)
WITH (toast_tuple_target='8160');
CREATE TABLE onedoor.mt_doc_catalogueentry (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_dotnet_type character varying,
    mt_version bigint DEFAULT 0 NOT NULL
);
CREATE TABLE onedoor.mt_doc_deadletterevent (
    id uuid NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_version uuid DEFAULT (md5(((random())::text || (clock_timestamp())::text)))::uuid NOT NULL,
    mt_dotnet_type character varying
);
CREATE TABLE onedoor.mt_doc_storesecret (
    id character varying NOT NULL,
    data jsonb NOT NULL,
    mt_last_modified timestamp with time zone DEFAULT transaction_timestamp(),
    mt_version uuid DEFAULT (md5(((random())::text || (clock_timestamp())::text)))::uuid NOT NULL,
    mt_dotnet_type character varying
);
CREATE TABLE onedoor.mt_event_progression (
    name character varying NOT NULL,
    last_seq_id bigint,
    last_updated timestamp with time zone DEFAULT transaction_timestamp(),
    mode character varying DEFAULT 'none'::character varying,
    rebuild_threshold integer DEFAULT 0,
    assigned_node integer DEFAULT 0,
    heartbeat timestamp with time zone,
    agent_status character varying(20),
    pause_reason text,
    running_on_node integer,
    warning_behind_threshold bigint,
    critical_behind_threshold bigint,
    failure_category character varying(50),
    failure_event_sequence bigint,
    failure_event_type character varying(500),
    failure_event_tenant_id character varying(500)
);
CREATE TABLE onedoor.mt_event_projection_floors (
    name character varying NOT NULL,
    tenant_id character varying NOT NULL,
    floor bigint NOT NULL,
    last_updated timestamp with time zone DEFAULT transaction_timestamp()
);
CREATE TABLE onedoor.mt_events (
    seq_id bigint NOT NULL,
    id uuid NOT NULL,
    stream_id uuid,
    version bigint NOT NULL,
    data jsonb NOT NULL,
    bdata bytea,
    type character varying(500) NOT NULL,
    "timestamp" timestamp with time zone DEFAULT '2026-11-25 23:31:41.451131+00'::timestamp with time zone NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    mt_dotnet_type character varying,
    is_archived boolean DEFAULT false
);
CREATE SEQUENCE onedoor.mt_events_sequence
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE onedoor.mt_events_sequence OWNED BY onedoor.mt_events.seq_id;
CREATE TABLE onedoor.mt_high_water_skips (
    ending_sequence bigint NOT NULL,
    starting_sequence bigint NOT NULL,
    "timestamp" timestamp with time zone DEFAULT transaction_timestamp()
);
CREATE TABLE onedoor.mt_streams (
    id uuid NOT NULL,
    type character varying,
    version bigint,
    "timestamp" timestamp with time zone DEFAULT now() NOT NULL,
    created timestamp with time zone DEFAULT now() NOT NULL,
    tenant_id character varying DEFAULT '*DEFAULT*'::character varying,
    compacted_version bigint DEFAULT 0 NOT NULL,
    is_archived boolean DEFAULT false
);
INSERT INTO onedoor.mt_doc_case VALUES ('019cf443-a5c0-7a87-afad-b73a2e67a26d', '{"id": "019cf443-a5c0-7a87-afad-b73a2e67a26d", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "SAMR-028-01", "version": 1}, "steps": [{"due": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "code": "decision", "status": "Granted", "openedAt": "2026-03-16T04:30:00+00:00", "decidedAt": "2026-03-16T10:30:00+00:00", "department": "MarketRegulation", "extendedBy": 5, "referredUpward": false}], "actual": {"unit": "WorkingDays", "value": 0.5625}, "deemed": false, "number": "SAMR-028-01-20260316-000001", "pauses": [], "proved": [], "status": "Granted", "channel": "Agency", "notices": [], "version": 8, "deferred": [], "licences": [{"step": "decision", "number": "SAMR-028-01-20260316-000001-1", "licence": {"code": "cylinder-filling-licence", "name": {"en": "Cylinder and vessel filling licence", "zh": "气瓶（移动式压力容器）充装许可证"}}, "deliverBy": "2026-03-30", "deliveredAt": "2026-03-16T10:30:00+00:00"}], "promised": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA0000015E"}, "decidedAt": "2026-03-16T10:30:00+00:00", "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "statutory": {"at": "2026-06-18T23:59:59+08:00", "on": "2026-06-18", "provisional": false}, "acceptedAt": "2026-03-16T04:30:00+00:00", "extendedBy": 5, "submittedAt": "2026-03-16T01:30:00+00:00", "submittedBy": "sandbox-customs", "voidNotices": [], "applicantKey": "legal-entity:91120118MA0000015E", "stepsInBrief": [{"status": "Granted", "department": "MarketRegulation"}], "materialsInAt": "2026-03-16T01:30:00+00:00"}', '2026-11-25 23:32:08.938645+00', 'OneDoor.Cases.Case', 8, 'legal-entity:91120118MA0000015E', 'sandbox-customs', NULL, NULL, 'SAMR-028-01');
INSERT INTO onedoor.mt_doc_case VALUES ('019cf820-6ac0-7979-a18d-8796e2cf1d0a', '{"id": "019cf820-6ac0-7979-a18d-8796e2cf1d0a", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "ESTABLISHMENT", "version": 1}, "steps": [{"code": "licence", "status": "Cancelled", "decidedAt": "2026-03-17T04:30:00+00:00", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}, {"code": "seals", "status": "Cancelled", "decidedAt": "2026-03-17T04:30:00+00:00", "department": "PublicSecurity", "extendedBy": 0, "referredUpward": false}, {"code": "invoices", "status": "Cancelled", "decidedAt": "2026-03-17T04:30:00+00:00", "department": "Tax", "extendedBy": 0, "referredUpward": false}, {"code": "social-security-registration", "status": "Cancelled", "decidedAt": "2026-03-17T04:30:00+00:00", "department": "SocialSecurity", "extendedBy": 0, "referredUpward": false}, {"code": "medical-insurance-registration", "status": "Cancelled", "decidedAt": "2026-03-17T04:30:00+00:00", "department": "MedicalInsurance", "extendedBy": 0, "referredUpward": false}], "deemed": false, "number": "SAMR-028-01-20260317-000003", "pauses": [], "proved": [], "status": "Withdrawn", "channel": "Agency", "notices": [], "version": 10, "deferred": [], "licences": [], "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000314"}, "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "extendedBy": 0, "submittedAt": "2026-03-16T19:30:00+00:00", "submittedBy": "sandbox-customs", "voidNotices": [{"item": "SAMR-028-01", "notice": {"lines": [{"text": "请补齐人员名单。", "material": "staff-list"}, {"text": "请写明经营范围。"}], "sentAt": "2026-03-16T22:30:00+00:00", "supplied": ["staff-list"]}}], "applicantKey": "legal-entity:91120118MA00000314", "stepsInBrief": [{"status": "Cancelled", "department": "MarketRegulation"}, {"status": "Cancelled", "department": "PublicSecurity"}, {"status": "Cancelled", "department": "Tax"}, {"status": "Cancelled", "department": "SocialSecurity"}, {"status": "Cancelled", "department": "MedicalInsurance"}], "answerStopped": {"at": "2026-03-16T22:30:00+00:00", "due": "2026-03-24T15:59:59+00:00"}, "materialsInAt": "2026-03-17T01:30:00+00:00"}', '2026-11-25 23:32:10.928746+00', 'OneDoor.Cases.Case', 10, 'legal-entity:91120118MA00000314', 'sandbox-customs', NULL, NULL, 'ESTABLISHMENT');
INSERT INTO onedoor.mt_doc_case VALUES ('019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6', '{"id": "019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "SAMR-028-01", "version": 1}, "steps": [{"due": {"at": "2026-03-20T23:59:59+08:00", "on": "2026-03-20", "provisional": false}, "code": "decision", "status": "Open", "openedAt": "2026-03-17T04:30:00+00:00", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}], "deemed": true, "number": "SAMR-028-01-20260317-000004", "pauses": [], "proved": [], "status": "Accepted", "channel": "Agency", "notices": [], "version": 3, "deferred": [], "licences": [], "promised": {"at": "2026-03-20T23:59:59+08:00", "on": "2026-03-20", "provisional": false}, "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA000004XU"}, "lateAfter": "2026-03-20T15:59:59+00:00", "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "statutory": {"at": "2026-06-12T23:59:59+08:00", "on": "2026-06-12", "provisional": false}, "acceptedAt": "2026-03-17T04:30:00+00:00", "extendedBy": 0, "submittedAt": "2026-03-17T04:30:00+00:00", "submittedBy": "sandbox-customs", "voidNotices": [], "applicantKey": "legal-entity:91120118MA000004XU", "stepsInBrief": [{"status": "Open", "department": "MarketRegulation"}], "materialsInAt": "2026-03-17T04:30:00+00:00"}', '2026-11-25 23:32:11.164211+00', 'OneDoor.Cases.Case', 3, 'legal-entity:91120118MA000004XU', 'sandbox-customs', NULL, '2026-03-20 15:59:59+00', 'SAMR-028-01');
INSERT INTO onedoor.mt_doc_case VALUES ('019d2094-d8d8-734d-9236-f574fd33019f', '{"id": "019d2094-d8d8-734d-9236-f574fd33019f", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "SAMR-028-01", "version": 1}, "steps": [{"code": "decision", "status": "Cancelled", "decidedAt": "2026-03-24T19:01:59+00:00", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}], "deemed": false, "number": "SAMR-028-01-20260325-000005", "pauses": [], "proved": [], "status": "Refused", "channel": "Agency", "grounds": {"reason": "不符合法定条件", "remedy": "可以申请行政复议。", "legalBasis": "行政许可法第三十八条"}, "notices": [], "version": 3, "deferred": [], "licences": [], "applicant": {"kind": "Person", "name": "买买提·吐尔逊", "citizenId": "990000199001010017"}, "decidedAt": "2026-03-24T19:01:59+00:00", "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "extendedBy": 0, "submittedAt": "2026-03-24T16:01:59+00:00", "submittedBy": "sandbox-customs", "voidNotices": [], "applicantKey": "person:990000199001010017", "stepsInBrief": [{"status": "Cancelled", "department": "MarketRegulation"}], "materialsInAt": "2026-03-24T16:01:59+00:00"}', '2026-11-25 23:32:11.478005+00', 'OneDoor.Cases.Case', 3, 'person:990000199001010017', 'sandbox-customs', NULL, NULL, 'SAMR-028-01');
INSERT INTO onedoor.mt_doc_case VALUES ('019d2139-a458-70c8-842d-a599ecf60145', '{"id": "019d2139-a458-70c8-842d-a599ecf60145", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "SAMR-014", "version": 1}, "steps": [{"due": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "code": "announcement", "status": "Open", "openedAt": "2026-03-24T22:01:59+00:00", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}, {"code": "tax-clearance", "status": "Waiting", "department": "Tax", "extendedBy": 0, "referredUpward": false}, {"code": "social-security-closing", "status": "Waiting", "department": "SocialSecurity", "extendedBy": 0, "referredUpward": false}, {"code": "medical-insurance-closing", "status": "Waiting", "department": "MedicalInsurance", "extendedBy": 0, "referredUpward": false}, {"code": "customs-closing", "status": "Waiting", "department": "Customs", "extendedBy": 0, "referredUpward": false}, {"code": "deregistration", "status": "Waiting", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}, {"code": "seal-cancellation", "status": "Waiting", "department": "PublicSecurity", "extendedBy": 0, "referredUpward": false}], "deemed": false, "number": "SAMR-014-20260325-000006", "pauses": [], "proved": [{"code": "business-licence-copy", "number": "ESTABLISHMENT-20260316-000002-1", "licence": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}}], "status": "Accepted", "channel": "Agency", "notices": [], "version": 4, "deferred": [], "licences": [], "promised": {"at": "2026-04-01T23:59:59+08:00", "on": "2026-04-01", "provisional": false}, "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000239"}, "lateAfter": "2026-04-01T15:59:59+00:00", "materials": [{"code": "registration-application", "name": "registration-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "liquidation-report", "name": "liquidation-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "invoice-return", "name": "invoice-return.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "statutory": {"at": "2026-04-23T23:59:59+08:00", "on": "2026-04-23", "provisional": false}, "acceptedAt": "2026-03-24T22:01:59+00:00", "extendedBy": 0, "submittedAt": "2026-03-24T19:01:59+00:00", "submittedBy": "sandbox-customs", "voidNotices": [], "applicantKey": "legal-entity:91120118MA00000239", "stepsInBrief": [{"status": "Open", "department": "MarketRegulation"}, {"status": "Waiting", "department": "Tax"}, {"status": "Waiting", "department": "SocialSecurity"}, {"status": "Waiting", "department": "MedicalInsurance"}, {"status": "Waiting", "department": "Customs"}, {"status": "Waiting", "department": "MarketRegulation"}, {"status": "Waiting", "department": "PublicSecurity"}], "materialsInAt": "2026-03-24T19:01:59+00:00"}', '2026-11-25 23:32:11.81888+00', 'OneDoor.Cases.Case', 4, 'legal-entity:91120118MA00000239', 'sandbox-customs', NULL, '2026-04-01 15:59:59+00', 'SAMR-014');
INSERT INTO onedoor.mt_doc_case VALUES ('019cf632-0840-7200-9114-2c23bbe8ca2a', '{"id": "019cf632-0840-7200-9114-2c23bbe8ca2a", "hall": "airport", "lead": "MarketRegulation", "plan": {"item": "ESTABLISHMENT", "version": 1}, "steps": [{"due": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "code": "licence", "status": "Granted", "openedAt": "2026-03-16T10:30:00+00:00", "decidedAt": "2026-03-16T13:30:00+00:00", "department": "MarketRegulation", "extendedBy": 0, "referredUpward": false}, {"due": {"at": "2026-03-17T10:30:00+08:00", "on": "2026-03-17", "provisional": false}, "code": "seals", "status": "Cancelled", "openedAt": "2026-03-16T13:30:00+00:00", "decidedAt": "2026-03-16T19:30:00+00:00", "department": "PublicSecurity", "extendedBy": 0, "referredUpward": true}, {"due": {"at": "2026-03-17T10:30:00+08:00", "on": "2026-03-17", "provisional": false}, "code": "invoices", "status": "Refused", "openedAt": "2026-03-16T13:30:00+00:00", "decidedAt": "2026-03-16T19:30:00+00:00", "department": "Tax", "extendedBy": 0, "referredUpward": false}, {"code": "social-security-registration", "status": "Cancelled", "openedAt": "2026-03-16T13:30:00+00:00", "decidedAt": "2026-03-16T19:30:00+00:00", "department": "SocialSecurity", "extendedBy": 0, "referredUpward": false}, {"due": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "code": "medical-insurance-registration", "status": "Cancelled", "openedAt": "2026-03-16T13:30:00+00:00", "decidedAt": "2026-03-16T19:30:00+00:00", "department": "Customs", "extendedBy": 0, "referredUpward": false}], "actual": {"unit": "HallHours", "value": 0}, "deemed": false, "number": "ESTABLISHMENT-20260316-000002", "pauses": [{"from": "2026-03-16T13:30:00+00:00", "note": "社保听证", "step": "social-security-registration", "until": "2026-03-16T16:30:00+00:00", "number": 1, "reason": "Hearing"}, {"from": "2026-03-16T16:30:00+00:00", "step": "social-security-registration", "until": "2026-03-16T19:30:00+00:00", "number": 2, "reason": "ExpertReview"}], "proved": [], "status": "Refused", "channel": "Agency", "grounds": {"reason": "票种核定资料不实", "remedy": "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。 The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.", "legalBasis": "税收征收管理法第二十一条"}, "notices": [], "version": 19, "deferred": [], "licences": [{"step": "licence", "number": "ESTABLISHMENT-20260316-000002-1", "licence": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}, "deliverBy": "2026-03-30", "deliveredAt": "2026-03-16T13:30:00+00:00"}], "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000239"}, "decidedAt": "2026-03-16T19:30:00+00:00", "materials": [{"code": "registration-application", "name": "registration-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "articles-of-association", "name": "articles-of-association.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "premises-proof", "name": "premises-proof.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "identity-proof", "name": "identity-proof.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "seal-request", "name": "seal-request.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "invoice-request", "name": "invoice-request.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "employee-list", "name": "employee-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}], "acceptedAt": "2026-03-16T10:30:00+00:00", "extendedBy": 0, "submittedAt": "2026-03-16T10:30:00+00:00", "submittedBy": "sandbox-customs", "voidNotices": [], "applicantKey": "legal-entity:91120118MA00000239", "stepsInBrief": [{"status": "Granted", "department": "MarketRegulation"}, {"status": "Cancelled", "department": "PublicSecurity"}, {"status": "Refused", "department": "Tax"}, {"status": "Cancelled", "department": "SocialSecurity"}, {"status": "Cancelled", "department": "Customs"}], "materialsInAt": "2026-03-16T10:30:00+00:00"}', '2026-11-25 23:32:09.980752+00', 'OneDoor.Cases.Case', 19, 'legal-entity:91120118MA00000239', 'sandbox-customs', NULL, NULL, 'ESTABLISHMENT');
INSERT INTO onedoor.mt_doc_catalogueentry VALUES ('5ad34345-84db-bc6b-7267-047e505886dc', '{"id": "5ad34345-84db-bc6b-7267-047e505886dc", "code": "ESTABLISHMENT", "versions": [{"at": "2026-11-25T23:31:44.4749955+00:00", "item": {"code": "ESTABLISHMENT", "mode": "Optimised", "name": {"en": "Business establishment", "zh": "企业开办"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Ftz", "parent": {"code": "ESTABLISHMENT", "name": {"en": "Business establishment", "zh": "企业开办"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "channels", "handling"], "feeYuan": 0, "category": "AdministrativeLicence", "channels": ["Online", "Window", "Mobile", "Agency"], "handling": "Immediate", "materials": [{"code": "registration-application", "name": {"en": "Company registration application", "zh": "公司登记（备案）申请书"}, "required": true, "deferrable": false}, {"code": "articles-of-association", "name": {"en": "Articles of association", "zh": "公司章程"}, "required": true, "deferrable": false}, {"code": "premises-proof", "name": {"en": "Proof of the right to use the premises", "zh": "住所（经营场所）使用证明"}, "required": true, "deferrable": true}, {"code": "identity-proof", "name": {"en": "Identity document of the applicant or legal representative", "zh": "申请人或法定代表人身份证明"}, "required": true, "deferrable": false}, {"code": "seal-request", "name": {"en": "Request for company seals", "zh": "印章刻制申请"}, "required": true, "deferrable": false}, {"code": "invoice-request", "name": {"en": "Request for invoices", "zh": "发票领用申请"}, "required": false, "deferrable": false}, {"code": "employee-list", "name": {"en": "List of employees to be insured", "zh": "参保职工名单"}, "required": false, "deferrable": true}], "procedure": {"steps": [{"code": "licence", "name": {"en": "Business licence", "zh": "核发营业执照"}, "after": [], "limit": {"unit": "HallHours", "value": 1}, "issues": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}, "materials": ["registration-application", "articles-of-association", "premises-proof", "identity-proof"], "department": "MarketRegulation"}, {"code": "seals", "name": {"en": "Company seals", "zh": "刻制企业印章"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 2}, "issues": {"code": "company-seals", "name": {"en": "Company seal filing certificate", "zh": "企业印章备案凭证"}}, "materials": ["seal-request", "identity-proof"], "department": "PublicSecurity"}, {"code": "invoices", "name": {"en": "Invoices", "zh": "核定并领用发票"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 2}, "issues": {"code": "invoice-quota", "name": {"en": "Invoice types and quota notice", "zh": "发票票种核定通知"}}, "materials": ["invoice-request", "identity-proof"], "department": "Tax"}, {"code": "social-security-registration", "name": {"en": "Social security registration", "zh": "企业社会保险登记"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 1}, "materials": ["employee-list"], "department": "SocialSecurity"}, {"code": "medical-insurance-registration", "name": {"en": "Medical insurance registration", "zh": "企业职工医疗保险登记"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 1}, "materials": ["employee-list"], "department": "MedicalInsurance"}]}, "conditions": [{"en": "The shareholders are as many as the law asks for and have drawn up the articles together.", "zh": "股东（发起人）符合法定人数，章程由全体股东共同制定"}, {"en": "The company has an address and a name that no registered company of the trade bears.", "zh": "有公司名称和住所，名称不与已登记的同行业企业相同"}, {"en": "The legal representative, directors, supervisors and managers are not barred from office.", "zh": "法定代表人、董事、监事和高级管理人员不存在法定禁止任职的情形"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国公司法》第六条、第七条", "《中华人民共和国公司登记管理条例》第十七条、第二十条", "《中华人民共和国行政许可法》第四十二条"], "takenOverIn": 2015, "promisedLimit": {"unit": "HallHours", "value": 3}, "statutoryLimit": {"unit": "WorkingDays", "value": 20}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}]}', '2026-11-25 23:31:45.428053+00', 'OneDoor.Catalogue.CatalogueEntry', 1);
INSERT INTO onedoor.mt_doc_catalogueentry VALUES ('739ce59f-19b0-1fae-62eb-39de942e3c8b', '{"id": "739ce59f-19b0-1fae-62eb-39de942e3c8b", "code": "SAMR-014", "versions": [{"at": "2026-11-25T23:31:44.4922206+00:00", "item": {"code": "SAMR-014", "mode": "Optimised", "name": {"en": "Closing a company", "zh": "企业注销“一件事”"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Ftz", "parent": {"code": "SAMR-014", "name": {"en": "Closing a company", "zh": "企业注销“一件事”"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "promisedLimit", "feeYuan", "channels", "handling"], "feeYuan": 0, "category": "PublicService", "channels": ["Online", "Window", "Mobile", "Agency"], "handling": "Promised", "materials": [{"code": "registration-application", "name": {"en": "Company registration application", "zh": "公司登记（备案）申请书"}, "required": true, "deferrable": false}, {"code": "business-licence-copy", "name": {"en": "Copy of the business licence", "zh": "营业执照副本"}, "provedBy": "business-licence", "required": true, "deferrable": false}, {"code": "liquidation-report", "name": {"en": "Liquidation report", "zh": "清算报告"}, "required": true, "deferrable": false}, {"code": "invoice-return", "name": {"en": "List of unused invoices and tax devices handed back", "zh": "未使用发票及税控设备缴销清单"}, "required": true, "deferrable": false}], "procedure": {"steps": [{"code": "announcement", "name": {"en": "Check of the liquidation", "zh": "受理并核对清算情况"}, "after": [], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["registration-application", "liquidation-report"], "department": "MarketRegulation"}, {"code": "tax-clearance", "name": {"en": "Tax clearance", "zh": "清税"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 2}, "issues": {"code": "tax-clearance", "name": {"en": "Tax clearance certificate", "zh": "清税证明"}}, "materials": ["business-licence-copy", "invoice-return", "liquidation-report"], "department": "Tax"}, {"code": "social-security-closing", "name": {"en": "Closing of the social security account", "zh": "注销社会保险登记"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "SocialSecurity"}, {"code": "medical-insurance-closing", "name": {"en": "Closing of the medical insurance account", "zh": "注销医疗保险登记"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "MedicalInsurance"}, {"code": "customs-closing", "name": {"en": "Closing of the customs filing", "zh": "注销海关备案"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 2}, "materials": ["business-licence-copy"], "department": "Customs"}, {"code": "deregistration", "name": {"en": "Dissolution", "zh": "公司注销登记"}, "after": ["tax-clearance", "social-security-closing", "medical-insurance-closing", "customs-closing"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["registration-application", "business-licence-copy", "liquidation-report"], "department": "MarketRegulation"}, {"code": "seal-cancellation", "name": {"en": "Cancellation of the seals", "zh": "印章缴销备案"}, "after": ["deregistration"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "PublicSecurity"}]}, "conditions": [{"en": "The company is liquidated and its creditors have been called by public notice.", "zh": "已依法清算并完成债权人公告"}, {"en": "No penalty case and no customs formality is open.", "zh": "没有未结案的行政处罚和未办结的海关手续"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国公司法》第一百八十八条", "《中华人民共和国税收征收管理法》第十六条", "《中华人民共和国社会保险法》第五十七条"], "takenOverIn": 2015, "promisedLimit": {"unit": "WorkingDays", "value": 5}, "statutoryLimit": {"unit": "WorkingDays", "value": 20}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}]}', '2026-11-25 23:31:45.428053+00', 'OneDoor.Catalogue.CatalogueEntry', 1);
INSERT INTO onedoor.mt_doc_catalogueentry VALUES ('2017e5b6-74c7-63f5-d064-562351469af6', '{"id": "2017e5b6-74c7-63f5-d064-562351469af6", "code": "SAMR-028-01", "versions": [{"at": "2026-11-25T23:31:44.5598944+00:00", "item": {"code": "SAMR-028-01", "mode": "Standard", "name": {"en": "Licence to fill gas cylinders and mobile pressure vessels: first issue", "zh": "移动式压力容器、气瓶充装单位许可（新办）"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Municipal", "parent": {"code": "SAMR-028", "name": {"en": "Licence to fill gas cylinders and mobile pressure vessels", "zh": "移动式压力容器、气瓶充装单位许可"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "statutoryLimit", "promisedLimit", "feeYuan", "channels", "handling"], "feeYuan": 0, "category": "AdministrativeLicence", "channels": ["Online", "Window", "Agency"], "handling": "Promised", "materials": [{"code": "cylinder-filling-application", "name": {"en": "Application: licence to fill gas cylinders and mobile pressure vessels", "zh": "移动式压力容器、气瓶充装单位许可申请书"}, "required": true, "deferrable": false}, {"code": "business-licence-copy", "name": {"en": "Copy of the business licence", "zh": "营业执照副本"}, "provedBy": "business-licence", "required": true, "deferrable": false}, {"code": "staff-list", "name": {"en": "List of professional and managing staff with their qualifications", "zh": "专业技术和管理人员名单及资格证明"}, "required": true, "deferrable": false}, {"code": "equipment-list", "name": {"en": "List of main equipment and facilities", "zh": "主要设备设施清单"}, "required": true, "deferrable": false}, {"code": "safety-rules", "name": {"en": "Safety rules and operating procedures", "zh": "安全生产管理制度和操作规程"}, "required": true, "deferrable": false}, {"code": "appraisal-report", "name": {"en": "Appraisal report", "zh": "鉴定评审报告"}, "required": true, "deferrable": true}], "procedure": {"steps": [{"code": "decision", "name": {"en": "Examination and decision", "zh": "审查并作出决定"}, "after": [], "limit": {"unit": "WorkingDays", "value": 3}, "issues": {"code": "cylinder-filling-licence", "name": {"en": "Cylinder and vessel filling licence", "zh": "气瓶（移动式压力容器）充装许可证"}}, "materials": ["cylinder-filling-application", "business-licence-copy", "staff-list", "equipment-list", "safety-rules", "appraisal-report"], "department": "MarketRegulation"}]}, "conditions": [{"en": "Filling equipment, testing means and site meet the safety code.", "zh": "充装设备、检测手段和场地厂房符合安全技术规范"}, {"en": "The filling staff hold the qualification.", "zh": "充装人员取得相应资格"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国特种设备安全法》第四十九条", "《特种设备安全监察条例》第二十二条"], "takenOverIn": 2019, "promisedLimit": {"unit": "WorkingDays", "value": 3}, "statutoryLimit": {"unit": "WorkingDays", "value": 60}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}]}', '2026-11-25 23:31:45.428053+00', 'OneDoor.Catalogue.CatalogueEntry', 1);
INSERT INTO onedoor.mt_events VALUES (68, '79807774-c487-4d15-b1a5-20d394a9f6ce', '5ad34345-84db-bc6b-7267-047e505886dc', 1, '{"at": "2026-11-25T23:31:44.4749955+00:00", "item": {"code": "ESTABLISHMENT", "mode": "Optimised", "name": {"en": "Business establishment", "zh": "企业开办"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Ftz", "parent": {"code": "ESTABLISHMENT", "name": {"en": "Business establishment", "zh": "企业开办"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "channels", "handling"], "feeYuan": 0, "category": "AdministrativeLicence", "channels": ["Online", "Window", "Mobile", "Agency"], "handling": "Immediate", "materials": [{"code": "registration-application", "name": {"en": "Company registration application", "zh": "公司登记（备案）申请书"}, "required": true, "deferrable": false}, {"code": "articles-of-association", "name": {"en": "Articles of association", "zh": "公司章程"}, "required": true, "deferrable": false}, {"code": "premises-proof", "name": {"en": "Proof of the right to use the premises", "zh": "住所（经营场所）使用证明"}, "required": true, "deferrable": true}, {"code": "identity-proof", "name": {"en": "Identity document of the applicant or legal representative", "zh": "申请人或法定代表人身份证明"}, "required": true, "deferrable": false}, {"code": "seal-request", "name": {"en": "Request for company seals", "zh": "印章刻制申请"}, "required": true, "deferrable": false}, {"code": "invoice-request", "name": {"en": "Request for invoices", "zh": "发票领用申请"}, "required": false, "deferrable": false}, {"code": "employee-list", "name": {"en": "List of employees to be insured", "zh": "参保职工名单"}, "required": false, "deferrable": true}], "procedure": {"steps": [{"code": "licence", "name": {"en": "Business licence", "zh": "核发营业执照"}, "after": [], "limit": {"unit": "HallHours", "value": 1}, "issues": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}, "materials": ["registration-application", "articles-of-association", "premises-proof", "identity-proof"], "department": "MarketRegulation"}, {"code": "seals", "name": {"en": "Company seals", "zh": "刻制企业印章"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 2}, "issues": {"code": "company-seals", "name": {"en": "Company seal filing certificate", "zh": "企业印章备案凭证"}}, "materials": ["seal-request", "identity-proof"], "department": "PublicSecurity"}, {"code": "invoices", "name": {"en": "Invoices", "zh": "核定并领用发票"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 2}, "issues": {"code": "invoice-quota", "name": {"en": "Invoice types and quota notice", "zh": "发票票种核定通知"}}, "materials": ["invoice-request", "identity-proof"], "department": "Tax"}, {"code": "social-security-registration", "name": {"en": "Social security registration", "zh": "企业社会保险登记"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 1}, "materials": ["employee-list"], "department": "SocialSecurity"}, {"code": "medical-insurance-registration", "name": {"en": "Medical insurance registration", "zh": "企业职工医疗保险登记"}, "after": ["licence"], "limit": {"unit": "HallHours", "value": 1}, "materials": ["employee-list"], "department": "MedicalInsurance"}]}, "conditions": [{"en": "The shareholders are as many as the law asks for and have drawn up the articles together.", "zh": "股东（发起人）符合法定人数，章程由全体股东共同制定"}, {"en": "The company has an address and a name that no registered company of the trade bears.", "zh": "有公司名称和住所，名称不与已登记的同行业企业相同"}, {"en": "The legal representative, directors, supervisors and managers are not barred from office.", "zh": "法定代表人、董事、监事和高级管理人员不存在法定禁止任职的情形"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国公司法》第六条、第七条", "《中华人民共和国公司登记管理条例》第十七条、第二十条", "《中华人民共和国行政许可法》第四十二条"], "takenOverIn": 2015, "promisedLimit": {"unit": "HallHours", "value": 3}, "statutoryLimit": {"unit": "WorkingDays", "value": 20}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}', NULL, 'item_published', '2026-11-25 23:31:44.722825+00', '*DEFAULT*', 'OneDoor.Catalogue.ItemPublished, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (96, '44fce31c-d303-4d60-ad8f-9a30f5bc77a6', '739ce59f-19b0-1fae-62eb-39de942e3c8b', 1, '{"at": "2026-11-25T23:31:44.4922206+00:00", "item": {"code": "SAMR-014", "mode": "Optimised", "name": {"en": "Closing a company", "zh": "企业注销“一件事”"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Ftz", "parent": {"code": "SAMR-014", "name": {"en": "Closing a company", "zh": "企业注销“一件事”"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "promisedLimit", "feeYuan", "channels", "handling"], "feeYuan": 0, "category": "PublicService", "channels": ["Online", "Window", "Mobile", "Agency"], "handling": "Promised", "materials": [{"code": "registration-application", "name": {"en": "Company registration application", "zh": "公司登记（备案）申请书"}, "required": true, "deferrable": false}, {"code": "business-licence-copy", "name": {"en": "Copy of the business licence", "zh": "营业执照副本"}, "provedBy": "business-licence", "required": true, "deferrable": false}, {"code": "liquidation-report", "name": {"en": "Liquidation report", "zh": "清算报告"}, "required": true, "deferrable": false}, {"code": "invoice-return", "name": {"en": "List of unused invoices and tax devices handed back", "zh": "未使用发票及税控设备缴销清单"}, "required": true, "deferrable": false}], "procedure": {"steps": [{"code": "announcement", "name": {"en": "Check of the liquidation", "zh": "受理并核对清算情况"}, "after": [], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["registration-application", "liquidation-report"], "department": "MarketRegulation"}, {"code": "tax-clearance", "name": {"en": "Tax clearance", "zh": "清税"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 2}, "issues": {"code": "tax-clearance", "name": {"en": "Tax clearance certificate", "zh": "清税证明"}}, "materials": ["business-licence-copy", "invoice-return", "liquidation-report"], "department": "Tax"}, {"code": "social-security-closing", "name": {"en": "Closing of the social security account", "zh": "注销社会保险登记"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "SocialSecurity"}, {"code": "medical-insurance-closing", "name": {"en": "Closing of the medical insurance account", "zh": "注销医疗保险登记"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "MedicalInsurance"}, {"code": "customs-closing", "name": {"en": "Closing of the customs filing", "zh": "注销海关备案"}, "after": ["announcement"], "limit": {"unit": "WorkingDays", "value": 2}, "materials": ["business-licence-copy"], "department": "Customs"}, {"code": "deregistration", "name": {"en": "Dissolution", "zh": "公司注销登记"}, "after": ["tax-clearance", "social-security-closing", "medical-insurance-closing", "customs-closing"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["registration-application", "business-licence-copy", "liquidation-report"], "department": "MarketRegulation"}, {"code": "seal-cancellation", "name": {"en": "Cancellation of the seals", "zh": "印章缴销备案"}, "after": ["deregistration"], "limit": {"unit": "WorkingDays", "value": 1}, "materials": ["business-licence-copy"], "department": "PublicSecurity"}]}, "conditions": [{"en": "The company is liquidated and its creditors have been called by public notice.", "zh": "已依法清算并完成债权人公告"}, {"en": "No penalty case and no customs formality is open.", "zh": "没有未结案的行政处罚和未办结的海关手续"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国公司法》第一百八十八条", "《中华人民共和国税收征收管理法》第十六条", "《中华人民共和国社会保险法》第五十七条"], "takenOverIn": 2015, "promisedLimit": {"unit": "WorkingDays", "value": 5}, "statutoryLimit": {"unit": "WorkingDays", "value": 20}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}', NULL, 'item_published', '2026-11-25 23:31:44.722933+00', '*DEFAULT*', 'OneDoor.Catalogue.ItemPublished, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (128, '3b2ff7fb-7a6c-45f8-9f6d-d31535204231', '2017e5b6-74c7-63f5-d064-562351469af6', 1, '{"at": "2026-11-25T23:31:44.5598944+00:00", "item": {"code": "SAMR-028-01", "mode": "Standard", "name": {"en": "Licence to fill gas cylinders and mobile pressure vessels: first issue", "zh": "移动式压力容器、气瓶充装单位许可（新办）"}, "halls": ["airport", "logistics", "lingang", "haigang"], "origin": "Municipal", "parent": {"code": "SAMR-028", "name": {"en": "Licence to fill gas cylinders and mobile pressure vessels", "zh": "移动式压力容器、气瓶充装单位许可"}}, "sample": ["code", "parent", "mode", "origin", "takenOverIn", "conditions", "materials", "procedure", "statutoryLimit", "promisedLimit", "feeYuan", "channels", "handling"], "feeYuan": 0, "category": "AdministrativeLicence", "channels": ["Online", "Window", "Agency"], "handling": "Promised", "materials": [{"code": "cylinder-filling-application", "name": {"en": "Application: licence to fill gas cylinders and mobile pressure vessels", "zh": "移动式压力容器、气瓶充装单位许可申请书"}, "required": true, "deferrable": false}, {"code": "business-licence-copy", "name": {"en": "Copy of the business licence", "zh": "营业执照副本"}, "provedBy": "business-licence", "required": true, "deferrable": false}, {"code": "staff-list", "name": {"en": "List of professional and managing staff with their qualifications", "zh": "专业技术和管理人员名单及资格证明"}, "required": true, "deferrable": false}, {"code": "equipment-list", "name": {"en": "List of main equipment and facilities", "zh": "主要设备设施清单"}, "required": true, "deferrable": false}, {"code": "safety-rules", "name": {"en": "Safety rules and operating procedures", "zh": "安全生产管理制度和操作规程"}, "required": true, "deferrable": false}, {"code": "appraisal-report", "name": {"en": "Appraisal report", "zh": "鉴定评审报告"}, "required": true, "deferrable": true}], "procedure": {"steps": [{"code": "decision", "name": {"en": "Examination and decision", "zh": "审查并作出决定"}, "after": [], "limit": {"unit": "WorkingDays", "value": 3}, "issues": {"code": "cylinder-filling-licence", "name": {"en": "Cylinder and vessel filling licence", "zh": "气瓶（移动式压力容器）充装许可证"}}, "materials": ["cylinder-filling-application", "business-licence-copy", "staff-list", "equipment-list", "safety-rules", "appraisal-report"], "department": "MarketRegulation"}]}, "conditions": [{"en": "Filling equipment, testing means and site meet the safety code.", "zh": "充装设备、检测手段和场地厂房符合安全技术规范"}, {"en": "The filling staff hold the qualification.", "zh": "充装人员取得相应资格"}], "department": "MarketRegulation", "legalBasis": ["《中华人民共和国特种设备安全法》第四十九条", "《特种设备安全监察条例》第二十二条"], "takenOverIn": 2019, "promisedLimit": {"unit": "WorkingDays", "value": 3}, "statutoryLimit": {"unit": "WorkingDays", "value": 60}, "appointmentNeeded": false, "commitmentEligible": false, "renewalByCommitment": false}, "version": 1, "effectiveFrom": "2026-01-01"}', NULL, 'item_published', '2026-11-25 23:31:44.723063+00', '*DEFAULT*', 'OneDoor.Catalogue.ItemPublished, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (315, 'e7bb78c8-00d8-49b5-9538-93bb66d95397', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 8, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "actual": {"unit": "WorkingDays", "value": 0.5625}}', NULL, 'case_granted', '2026-11-25 23:32:08.938645+00', '*DEFAULT*', 'OneDoor.Cases.CaseGranted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (329, 'abdb2a78-f6b1-439e-88e8-fe8b0d3b6cbb', '019cf632-0840-7200-9114-2c23bbe8ca2a', 14, '{"at": "2026-03-16T16:30:00+00:00", "by": {"client": "sandbox-social-security", "subject": "sandbox-social-security", "department": "SocialSecurity", "isSupervisor": false}, "step": "social-security-registration", "number": 2, "reason": "ExpertReview"}', NULL, 'clock_paused', '2026-11-25 23:32:09.827545+00', '*DEFAULT*', 'OneDoor.Cases.ClockPaused, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (330, 'f598d73c-4b36-411f-be41-e2f190adf2bd', '019cf632-0840-7200-9114-2c23bbe8ca2a', 15, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-tax", "subject": "sandbox-tax", "department": "Tax", "isSupervisor": true}, "step": "invoices", "grounds": {"reason": "票种核定资料不实", "remedy": "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。 The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.", "legalBasis": "税收征收管理法第二十一条"}}', NULL, 'step_refused', '2026-11-25 23:32:09.980752+00', '*DEFAULT*', 'OneDoor.Cases.StepRefused, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (331, 'df55d884-9430-4e13-8e39-f7a2009f23be', '019cf632-0840-7200-9114-2c23bbe8ca2a', 16, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-tax", "subject": "sandbox-tax", "department": "Tax", "isSupervisor": true}, "step": "seals", "because": "CaseRefused"}', NULL, 'step_cancelled', '2026-11-25 23:32:09.980752+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (332, '942bc324-97a8-443e-a655-e10d36af5ccd', '019cf632-0840-7200-9114-2c23bbe8ca2a', 17, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-tax", "subject": "sandbox-tax", "department": "Tax", "isSupervisor": true}, "step": "social-security-registration", "because": "CaseRefused"}', NULL, 'step_cancelled', '2026-11-25 23:32:09.980752+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (333, '714d3bff-c7c8-4325-8e8b-482ad7baa710', '019cf632-0840-7200-9114-2c23bbe8ca2a', 18, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-tax", "subject": "sandbox-tax", "department": "Tax", "isSupervisor": true}, "step": "medical-insurance-registration", "because": "CaseRefused"}', NULL, 'step_cancelled', '2026-11-25 23:32:09.980752+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (334, 'e1ccbfac-8c22-48e8-a6ad-77aaa1f5945a', '019cf632-0840-7200-9114-2c23bbe8ca2a', 19, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-tax", "subject": "sandbox-tax", "department": "Tax", "isSupervisor": true}, "step": "invoices", "actual": {"unit": "HallHours", "value": 0}, "grounds": {"reason": "票种核定资料不实", "remedy": "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。 The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.", "legalBasis": "税收征收管理法第二十一条"}}', NULL, 'case_refused', '2026-11-25 23:32:09.980752+00', '*DEFAULT*', 'OneDoor.Cases.CaseRefused, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (336, '40ba06bc-add2-42da-a19f-1e87c8cd84e6', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 2, '{"at": "2026-03-16T22:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "lines": [{"text": "请补齐人员名单。", "material": "staff-list"}, {"text": "请写明经营范围。"}]}', NULL, 'case_correction_requested', '2026-11-25 23:32:10.655053+00', '*DEFAULT*', 'OneDoor.Cases.CorrectionRequested, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (339, '6b88743d-e6c3-482f-b790-f66143ecad55', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 5, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "step": "licence", "because": "CaseWithdrawn"}', NULL, 'step_cancelled', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (340, '4825078a-2624-429e-ac54-a54070aa6993', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 6, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "step": "seals", "because": "CaseWithdrawn"}', NULL, 'step_cancelled', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (341, '1cc602b5-8ac4-4cc0-b6da-100cc94c82c8', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 7, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "step": "invoices", "because": "CaseWithdrawn"}', NULL, 'step_cancelled', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (342, '98b5c03a-40ed-41af-ae21-fd6389a3d916', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 8, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "step": "social-security-registration", "because": "CaseWithdrawn"}', NULL, 'step_cancelled', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (343, '3eee9515-9b74-48d5-9505-e419fdd80ed2', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 9, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "step": "medical-insurance-registration", "because": "CaseWithdrawn"}', NULL, 'step_cancelled', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (344, 'e2673ac5-985d-4247-83b9-6f29a78c20f7', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 10, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "reason": "另行办理"}', NULL, 'case_withdrawn', '2026-11-25 23:32:10.928746+00', '*DEFAULT*', 'OneDoor.Cases.CaseWithdrawn, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (308, 'fc7636c0-ec40-4a5c-adb6-aa718747e9e2', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 1, '{"at": "2026-03-16T01:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "SAMR-028-01", "version": 1}, "caseId": "019cf443-a5c0-7a87-afad-b73a2e67a26d", "number": "SAMR-028-01-20260316-000001", "channel": "Agency", "acceptBy": "2026-03-23T23:59:59+08:00", "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA0000015E"}, "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-16 01:30:00+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (309, '5a80de15-eeb2-49d1-9ab2-896edb98a76f', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 2, '{"at": "2026-03-16T04:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "deemed": false, "deferred": [{"code": "appraisal-report", "supplyBy": "2026-03-26"}], "promised": {"at": "2026-03-19T23:59:59+08:00", "on": "2026-03-19", "provisional": false}, "statutory": {"at": "2026-06-11T23:59:59+08:00", "on": "2026-06-11", "provisional": false}, "acceptedAt": "2026-03-16T04:30:00+00:00"}', NULL, 'case_accepted', '2026-11-25 23:32:07.98207+00', '*DEFAULT*', 'OneDoor.Cases.CaseAccepted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (310, 'b7b0bf57-f289-49e5-becd-17f0a94856e4', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 3, '{"at": "2026-03-16T04:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-19T23:59:59+08:00", "on": "2026-03-19", "provisional": false}, "step": "decision", "openedAt": "2026-03-16T04:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:07.98207+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (311, 'eb7a97cd-4bc6-415e-aabb-3ded3d99909c', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 4, '{"at": "2026-03-16T07:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "materials": [{"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_materials_supplied', '2026-11-25 23:32:08.436852+00', '*DEFAULT*', 'OneDoor.Cases.MaterialsSupplied, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (312, 'dfeb5943-c352-42c5-9b82-09f312e81eaa', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 5, '{"at": "2026-03-16T07:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": true}, "steps": [{"due": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "step": "decision"}], "reason": "情况复杂", "promised": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "statutory": {"at": "2026-06-18T23:59:59+08:00", "on": "2026-06-18", "provisional": false}, "workingDays": 5}', NULL, 'limit_extended', '2026-11-25 23:32:08.559435+00', '*DEFAULT*', 'OneDoor.Cases.LimitExtended, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (313, '83b8a14d-9c62-44e9-9311-ff550dfc101a', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 6, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "step": "decision"}', NULL, 'step_granted', '2026-11-25 23:32:08.938645+00', '*DEFAULT*', 'OneDoor.Cases.StepGranted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (314, '919f81be-2da0-49e1-b630-9d2909220085', '019cf443-a5c0-7a87-afad-b73a2e67a26d', 7, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "step": "decision", "number": "SAMR-028-01-20260316-000001-1", "licence": {"code": "cylinder-filling-licence", "name": {"en": "Cylinder and vessel filling licence", "zh": "气瓶（移动式压力容器）充装许可证"}}, "deliverBy": "2026-03-30"}', NULL, 'licence_delivered', '2026-11-25 23:32:08.938645+00', '*DEFAULT*', 'OneDoor.Cases.LicenceDelivered, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (316, '33d86f5d-c2b7-4b0b-95c9-dc8d6f01e9ec', '019cf632-0840-7200-9114-2c23bbe8ca2a', 1, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "ESTABLISHMENT", "version": 1}, "caseId": "019cf632-0840-7200-9114-2c23bbe8ca2a", "number": "ESTABLISHMENT-20260316-000002", "channel": "Agency", "acceptBy": "2026-03-23T23:59:59+08:00", "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000239"}, "materials": [{"code": "registration-application", "name": "registration-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "articles-of-association", "name": "articles-of-association.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "premises-proof", "name": "premises-proof.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "identity-proof", "name": "identity-proof.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "seal-request", "name": "seal-request.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "invoice-request", "name": "invoice-request.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "employee-list", "name": "employee-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-16 10:30:00+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (317, '6ca21bb3-da54-49e5-8a52-ac4c682010c8', '019cf632-0840-7200-9114-2c23bbe8ca2a', 2, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "deemed": false, "deferred": [], "promised": {"at": "2026-03-17T11:30:00+08:00", "on": "2026-03-17", "provisional": false}, "statutory": {"at": "2026-04-14T23:59:59+08:00", "on": "2026-04-14", "provisional": false}, "acceptedAt": "2026-03-16T10:30:00+00:00"}', NULL, 'case_accepted', '2026-11-25 23:32:09.136746+00', '*DEFAULT*', 'OneDoor.Cases.CaseAccepted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (318, '30cb86f7-95ca-4f98-9e27-50aeec6a6a6c', '019cf632-0840-7200-9114-2c23bbe8ca2a', 3, '{"at": "2026-03-16T10:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "step": "licence", "openedAt": "2026-03-16T10:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:09.136746+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (319, '43937ba0-635a-4400-9ec4-0dc80e072bdf', '019cf632-0840-7200-9114-2c23bbe8ca2a', 4, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "step": "licence"}', NULL, 'step_granted', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.StepGranted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (320, '1939f0fb-c16a-4a00-a4ef-253263ea324b', '019cf632-0840-7200-9114-2c23bbe8ca2a', 5, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "step": "licence", "number": "ESTABLISHMENT-20260316-000002-1", "licence": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}, "deliverBy": "2026-03-30"}', NULL, 'licence_delivered', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.LicenceDelivered, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (321, 'd723e4f6-ea00-4d56-8068-8a08d608f1ef', '019cf632-0840-7200-9114-2c23bbe8ca2a', 6, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-17T10:30:00+08:00", "on": "2026-03-17", "provisional": false}, "step": "seals", "openedAt": "2026-03-16T13:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (322, 'd798c451-8988-46a5-88e1-3c61fd9f123a', '019cf632-0840-7200-9114-2c23bbe8ca2a', 7, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-17T10:30:00+08:00", "on": "2026-03-17", "provisional": false}, "step": "invoices", "openedAt": "2026-03-16T13:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (323, '29efb5ba-af44-4410-a884-c81b6c0149fa', '019cf632-0840-7200-9114-2c23bbe8ca2a', 8, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "step": "social-security-registration", "openedAt": "2026-03-16T13:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (324, 'dbcc0218-4a38-40ab-9828-61f164f43360', '019cf632-0840-7200-9114-2c23bbe8ca2a', 9, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "step": "medical-insurance-registration", "openedAt": "2026-03-16T13:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:09.272592+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (325, 'f4b7268c-ccf6-4358-bcbd-01da44943718', '019cf632-0840-7200-9114-2c23bbe8ca2a', 10, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-social-security", "subject": "sandbox-social-security", "department": "SocialSecurity", "isSupervisor": false}, "note": "社保听证", "step": "social-security-registration", "number": 1, "reason": "Hearing"}', NULL, 'clock_paused', '2026-11-25 23:32:09.43997+00', '*DEFAULT*', 'OneDoor.Cases.ClockPaused, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (326, 'dcf6c5f8-792f-4d21-932b-5078b5c8af83', '019cf632-0840-7200-9114-2c23bbe8ca2a', 11, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-public-security", "subject": "sandbox-public-security", "department": "PublicSecurity", "isSupervisor": false}, "step": "seals", "reason": "拿不准。"}', NULL, 'step_referred_upward', '2026-11-25 23:32:09.598863+00', '*DEFAULT*', 'OneDoor.Cases.StepReferredUpward, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (327, 'cc805346-6563-405f-9c18-a0f3cf39c813', '019cf632-0840-7200-9114-2c23bbe8ca2a', 12, '{"at": "2026-03-16T13:30:00+00:00", "by": {"client": "sandbox-medical-insurance", "subject": "sandbox-medical-insurance", "department": "MedicalInsurance", "isSupervisor": false}, "to": "Customs", "from": "MedicalInsurance", "step": "medical-insurance-registration", "reason": "归海关。"}', NULL, 'step_redirected', '2026-11-25 23:32:09.699772+00', '*DEFAULT*', 'OneDoor.Cases.StepRedirected, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (328, '27759565-c9d0-4d5c-9420-47b72465df90', '019cf632-0840-7200-9114-2c23bbe8ca2a', 13, '{"at": "2026-03-16T16:30:00+00:00", "by": {"client": "sandbox-social-security", "subject": "sandbox-social-security", "department": "SocialSecurity", "isSupervisor": false}, "step": "social-security-registration", "number": 1, "stepDue": {"at": "2026-03-17T09:30:00+08:00", "on": "2026-03-17", "provisional": false}, "promised": {"at": "2026-03-17T11:30:00+08:00", "on": "2026-03-17", "provisional": false}, "statutory": {"at": "2026-04-15T23:59:59+08:00", "on": "2026-04-15", "provisional": false}}', NULL, 'clock_resumed', '2026-11-25 23:32:09.803187+00', '*DEFAULT*', 'OneDoor.Cases.ClockResumed, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (335, '8134cb98-fa52-4cc8-85dd-dc8242e414a6', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 1, '{"at": "2026-03-16T19:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "SAMR-028-01", "version": 1}, "caseId": "019cf820-6ac0-7979-a18d-8796e2cf1d0a", "number": "SAMR-028-01-20260317-000003", "channel": "Agency", "acceptBy": "2026-03-24T23:59:59+08:00", "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000314"}, "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-16 19:30:00+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (337, 'eb5b5f3f-0dd9-44de-84d4-d03efb86d8a0', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 3, '{"at": "2026-03-17T01:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "acceptBy": "2026-03-24T23:59:59+08:00", "materials": [{"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_materials_supplied', '2026-11-25 23:32:10.768014+00', '*DEFAULT*', 'OneDoor.Cases.MaterialsSupplied, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (338, 'e094fe05-947f-4bae-bfa2-fb55d545808e', '019cf820-6ac0-7979-a18d-8796e2cf1d0a', 4, '{"at": "2026-03-17T01:30:00+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "plan": {"item": "ESTABLISHMENT", "version": 1}, "reason": "应为企业开办。", "noticeReopened": false}', NULL, 'case_moved_to_item', '2026-11-25 23:32:10.814758+00', '*DEFAULT*', 'OneDoor.Cases.CaseMovedToItem, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (348, 'a7c027ba-b53b-457a-b114-2a5b7f207922', '019d2094-d8d8-734d-9236-f574fd33019f', 1, '{"at": "2026-03-24T16:01:59+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "SAMR-028-01", "version": 1}, "caseId": "019d2094-d8d8-734d-9236-f574fd33019f", "number": "SAMR-028-01-20260325-000005", "channel": "Agency", "acceptBy": "2026-04-01T23:59:59+08:00", "applicant": {"kind": "Person", "name": "买买提·吐尔逊", "citizenId": "990000199001010017"}, "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "appraisal-report", "name": "appraisal-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-24 16:01:59+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (353, '56a86f2e-0ba8-4a67-a2fc-6f0ade12b401', '019d2139-a458-70c8-842d-a599ecf60145', 3, '{"at": "2026-03-24T22:01:59+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "deemed": false, "deferred": [], "promised": {"at": "2026-04-01T23:59:59+08:00", "on": "2026-04-01", "provisional": false}, "statutory": {"at": "2026-04-23T23:59:59+08:00", "on": "2026-04-23", "provisional": false}, "acceptedAt": "2026-03-24T22:01:59+00:00"}', NULL, 'case_accepted', '2026-11-25 23:32:11.81888+00', '*DEFAULT*', 'OneDoor.Cases.CaseAccepted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (354, '267bdd88-f7b9-4fa0-b4bf-80f6c2796934', '019d2139-a458-70c8-842d-a599ecf60145', 4, '{"at": "2026-03-24T22:01:59+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": false}, "due": {"at": "2026-03-26T23:59:59+08:00", "on": "2026-03-26", "provisional": false}, "step": "announcement", "openedAt": "2026-03-24T22:01:59+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:11.81888+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (345, '959243e0-9873-4959-a8be-10a7905bdde4', '019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6', 1, '{"at": "2026-03-17T04:30:00+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "SAMR-028-01", "version": 1}, "caseId": "019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6", "number": "SAMR-028-01-20260317-000004", "channel": "Agency", "acceptBy": "2026-03-24T23:59:59+08:00", "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA000004XU"}, "materials": [{"code": "cylinder-filling-application", "name": "cylinder-filling-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "business-licence-copy", "name": "business-licence-copy.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "staff-list", "name": "staff-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "equipment-list", "name": "equipment-list.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "safety-rules", "name": "safety-rules.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-17 04:30:00+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (346, 'cebd7565-1314-4a67-ad44-5787039d3ef3', '019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6', 2, '{"at": "2026-03-24T16:01:59+00:00", "deemed": true, "deferred": [], "promised": {"at": "2026-03-20T23:59:59+08:00", "on": "2026-03-20", "provisional": false}, "statutory": {"at": "2026-06-12T23:59:59+08:00", "on": "2026-06-12", "provisional": false}, "acceptedAt": "2026-03-17T04:30:00+00:00"}', NULL, 'case_accepted', '2026-11-25 23:32:11.164211+00', '*DEFAULT*', 'OneDoor.Cases.CaseAccepted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (347, '5b816fe5-ebb8-48a9-8bcd-ce71672479e4', '019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6', 3, '{"at": "2026-03-24T16:01:59+00:00", "due": {"at": "2026-03-20T23:59:59+08:00", "on": "2026-03-20", "provisional": false}, "step": "decision", "openedAt": "2026-03-17T04:30:00+00:00"}', NULL, 'step_opened', '2026-11-25 23:32:11.164211+00', '*DEFAULT*', 'OneDoor.Cases.StepOpened, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (349, '63db3a13-bcbd-461c-8d20-ae4254925057', '019d2094-d8d8-734d-9236-f574fd33019f', 2, '{"at": "2026-03-24T19:01:59+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": true}, "step": "decision", "because": "CaseRefused"}', NULL, 'step_cancelled', '2026-11-25 23:32:11.478005+00', '*DEFAULT*', 'OneDoor.Cases.StepCancelled, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (350, '1a12cd69-e443-461f-b09e-2cf9e3110b4f', '019d2094-d8d8-734d-9236-f574fd33019f', 3, '{"at": "2026-03-24T19:01:59+00:00", "by": {"client": "sandbox-market-regulation", "subject": "sandbox-market-regulation", "department": "MarketRegulation", "isSupervisor": true}, "grounds": {"reason": "不符合法定条件", "remedy": "可以申请行政复议。", "legalBasis": "行政许可法第三十八条"}}', NULL, 'case_refused', '2026-11-25 23:32:11.478005+00', '*DEFAULT*', 'OneDoor.Cases.CaseRefused, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (351, '034bff98-0ecb-4d21-94da-3c8a9a477e96', '019d2139-a458-70c8-842d-a599ecf60145', 1, '{"at": "2026-03-24T19:01:59+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "hall": "airport", "plan": {"item": "SAMR-014", "version": 1}, "caseId": "019d2139-a458-70c8-842d-a599ecf60145", "number": "SAMR-014-20260325-000006", "channel": "Agency", "acceptBy": "2026-04-01T23:59:59+08:00", "applicant": {"kind": "LegalEntity", "name": "天津临港智造有限公司", "uscc": "91120118MA00000239"}, "materials": [{"code": "registration-application", "name": "registration-application.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "liquidation-report", "name": "liquidation-report.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"code": "invoice-return", "name": "invoice-return.pdf", "digest": "sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}', NULL, 'case_submitted', '2026-03-24 19:01:59+00', '*DEFAULT*', 'OneDoor.Cases.CaseSubmitted, OneDoor.Schema', false);
INSERT INTO onedoor.mt_events VALUES (352, '12b431d1-f147-40ad-b1a3-486bbbd7a458', '019d2139-a458-70c8-842d-a599ecf60145', 2, '{"at": "2026-03-24T19:01:59+00:00", "by": {"client": "sandbox-customs", "subject": "sandbox-customs", "department": "Customs", "isSupervisor": false}, "materials": [{"code": "business-licence-copy", "number": "ESTABLISHMENT-20260316-000002-1", "licence": {"code": "business-licence", "name": {"en": "Business licence", "zh": "营业执照"}}}]}', NULL, 'case_materials_proved', '2026-03-24 19:01:59+00', '*DEFAULT*', 'OneDoor.Cases.MaterialsProved, OneDoor.Schema', false);
INSERT INTO onedoor.mt_streams VALUES ('5ad34345-84db-bc6b-7267-047e505886dc', 'catalogue_entry', 1, '2026-11-25 23:31:45.428053+00', '2026-11-25 23:31:45.428053+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('739ce59f-19b0-1fae-62eb-39de942e3c8b', 'catalogue_entry', 1, '2026-11-25 23:31:45.428053+00', '2026-11-25 23:31:45.428053+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('2017e5b6-74c7-63f5-d064-562351469af6', 'catalogue_entry', 1, '2026-11-25 23:31:45.428053+00', '2026-11-25 23:31:45.428053+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019cf443-a5c0-7a87-afad-b73a2e67a26d', 'case', 8, '2026-11-25 23:32:08.938645+00', '2026-11-25 23:32:07.120733+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019cf632-0840-7200-9114-2c23bbe8ca2a', 'case', 19, '2026-11-25 23:32:09.980752+00', '2026-11-25 23:32:09.092742+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019cf820-6ac0-7979-a18d-8796e2cf1d0a', 'case', 10, '2026-11-25 23:32:10.928746+00', '2026-11-25 23:32:10.382642+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019cfa0e-cd40-7986-9a1c-cf1ccd4a66a6', 'case', 3, '2026-11-25 23:32:11.164211+00', '2026-11-25 23:32:10.951227+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019d2094-d8d8-734d-9236-f574fd33019f', 'case', 3, '2026-11-25 23:32:11.478005+00', '2026-11-25 23:32:11.374979+00', '*DEFAULT*', 0, false);
INSERT INTO onedoor.mt_streams VALUES ('019d2139-a458-70c8-842d-a599ecf60145', 'case', 4, '2026-11-25 23:32:11.81888+00', '2026-11-25 23:32:11.664766+00', '*DEFAULT*', 0, false);
SELECT pg_catalog.setval('onedoor.case_numbers', 100, true);
SELECT pg_catalog.setval('onedoor.mt_events_sequence', 354, true);
ALTER TABLE ONLY onedoor.mt_event_progression
    ADD CONSTRAINT pk_mt_event_progression PRIMARY KEY (name);
ALTER TABLE ONLY onedoor.idempotent_answers
    ADD CONSTRAINT pkey_idempotent_answers_id PRIMARY KEY (id);
ALTER TABLE ONLY onedoor.mt_doc_case
    ADD CONSTRAINT pkey_mt_doc_case_id PRIMARY KEY (id);
ALTER TABLE ONLY onedoor.mt_doc_catalogueentry
    ADD CONSTRAINT pkey_mt_doc_catalogueentry_id PRIMARY KEY (id);
ALTER TABLE ONLY onedoor.mt_doc_deadletterevent
    ADD CONSTRAINT pkey_mt_doc_deadletterevent_id PRIMARY KEY (id);
ALTER TABLE ONLY onedoor.mt_doc_storesecret
    ADD CONSTRAINT pkey_mt_doc_storesecret_id PRIMARY KEY (id);
ALTER TABLE ONLY onedoor.mt_event_projection_floors
    ADD CONSTRAINT pkey_mt_event_projection_floors_name_tenant_id PRIMARY KEY (name, tenant_id);
ALTER TABLE ONLY onedoor.mt_events
    ADD CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY (seq_id);
ALTER TABLE ONLY onedoor.mt_high_water_skips
    ADD CONSTRAINT pkey_mt_high_water_skips_ending_sequence PRIMARY KEY (ending_sequence);
ALTER TABLE ONLY onedoor.mt_streams
    ADD CONSTRAINT pkey_mt_streams_id PRIMARY KEY (id);
CREATE INDEX idx_idempotent_answers_at ON onedoor.idempotent_answers USING btree (at);
CREATE INDEX mt_doc_case_idx_accept_by ON onedoor.mt_doc_case USING btree (accept_by) WHERE (accept_by IS NOT NULL);
CREATE INDEX mt_doc_case_idx_applicant_key ON onedoor.mt_doc_case USING btree (applicant_key);
CREATE INDEX mt_doc_case_idx_late_after ON onedoor.mt_doc_case USING btree (late_after) WHERE (late_after IS NOT NULL);
CREATE INDEX mt_doc_case_idx_planitem ON onedoor.mt_doc_case USING btree (planitem);
CREATE INDEX mt_doc_case_idx_stepsinbrief_gin ON onedoor.mt_doc_case USING gin (((data -> 'stepsInBrief'::text)) jsonb_path_ops);
CREATE INDEX mt_doc_case_idx_submitted_by ON onedoor.mt_doc_case USING btree (submitted_by);
CREATE UNIQUE INDEX pk_mt_events_stream_and_version ON onedoor.mt_events USING btree (stream_id, version);
ALTER TABLE ONLY onedoor.mt_events
    ADD CONSTRAINT fkey_mt_events_stream_id FOREIGN KEY (stream_id) REFERENCES onedoor.mt_streams(id) ON DELETE CASCADE;
