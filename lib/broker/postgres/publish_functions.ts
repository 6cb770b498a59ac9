/** Functions in SQL that publish. */

import { IDEMPOTENCY_MS } from "../types.ts";

/** Number of earlier epochs whose surviving positions stay valid; the newest are kept. */
const MAX_EARLIER = 8;
/** Time for which a statement of a node waits for the row of a channel. */
const LOCK_MS = 2_000;
/** Time for which a statement with several channels waits for another that begins one of them. */
const BEGIN_MS = 10;

/**
 * Functions about the epochs. A stream continues in each life of the database with
 * another epoch; a position of an earlier epoch is valid up to the offset that survived.
 */
export const LIFE_FUNCTIONS = `
create or replace function thrum.new_id() returns text
language sql volatile as $$
  select left(gen_random_uuid()::text, 8)
$$;

create or replace function thrum.current_life() returns text
language plpgsql volatile as $$
declare
  found text;
begin
  select token into found from thrum.life;
  if found is null then
    insert into thrum.life (token, origin) values (thrum.new_id(), '')
      on conflict (one) do nothing;
    select token into found from thrum.life;
  end if;
  return found;
end
$$;

create or replace function thrum.renew_epochs(names text[], current text) returns void
language sql volatile as $$
  update thrum.channels set
    earlier = (array_prepend(epoch || ' ' || top, earlier))[1:${MAX_EARLIER}],
    epoch = thrum.new_id(),
    life = current
  where name = any(names) and life <> current
$$;
`;

/**
 * Publishes. The names are sorted, each once; an entry names its channel by its place
 * among them. The size of an entry is that of its history: 0 gives it a position, but
 * no history, and -1 not even a position. Its version is a number and an epoch, and
 * `after` an offset and an epoch that the top must have. An entry that has one of them,
 * or a key, is the first of its channel.
 *
 * The offsets in the answer are those of the entries; for one that is not published
 * the top, with a `!` before it if that is another than `after` says, or with a `-` if
 * the version is not newer. The key of such a one is noted with the top, and a minus
 * before it; a repeat has the same answer.
 *
 * Every publication takes the row of its channel first, so that those of a channel
 * commit one after the other, in the order of their positions and of their ids. In the
 * mode `quick` a channel whose row is taken is left out, and the answer names it: so
 * a node never waits while it holds rows that others wait for. In the mode `wait` it
 * waits; in the mode `nested`, which is for a transaction of the application, it
 * waits as long as that allows.
 *
 * A channel without a stream begins one only with an entry that is kept, or has a key,
 * or if a node is subscribed. Two transactions may begin the same one: the insert of
 * the second waits for the first and then inserts nothing, so the rows are taken again
 * until none is missing. The mode `quick` hardly waits for that: if it would have to, it
 * leaves out all that it was to begin.
 */
export const PUBLISH_FUNCTIONS = `
create or replace function thrum.take_channels(names text[], quick boolean)
returns table (id bigint, life text)
language plpgsql volatile as $$
begin
  if quick then
    return query select c.id, c.life from thrum.channels c
      where c.name = any(names) order by c.name for no key update skip locked;
  else
    return query select c.id, c.life from thrum.channels c
      where c.name = any(names) order by c.name for no key update;
  end if;
end
$$;

create or replace function thrum.begin_channels(names text[], current text) returns void
language plpgsql volatile as $$
#variable_conflict use_column
begin
  insert into thrum.channels (name, epoch, life)
    select n.name, thrum.new_id(), current from unnest(names) n (name)
    order by n.name
    on conflict (name) do nothing;
end
$$;

create or replace function thrum.try_begin_channels(names text[], current text)
returns void
language plpgsql volatile set lock_timeout = ${BEGIN_MS} as $$
begin
  perform thrum.begin_channels(names, current);
exception when lock_not_available or deadlock_detected then
  -- Another transaction begins one of them.
end
$$;

create or replace function thrum.epoch_of(version text) returns text
language sql immutable as $$
  select substr(version, strpos(version, ' ') + 1)
$$;

create or replace function thrum.publish_entries(
  mode text, names text[], places integer[], forms text[], datas text[],
  infos text[], tags_of text[], keys text[], sizes integer[], ttls bigint[],
  versions text[], afters text[]
) returns table (place integer, epoch text, offsets text, receivers integer)
language plpgsql volatile as $$
#variable_conflict use_column
declare
  current text := thrum.current_life();
  taken bigint[];
  missing text[] := '{}';
  stale boolean;
begin
  if mode <> 'nested' then
    perform set_config('lock_timeout', '${LOCK_MS}', true);
    -- What has no position is not kept, and need not wait for the disk.
    if -1 = all(sizes) then
      perform set_config('synchronous_commit', 'off', true);
    end if;
  end if;
  loop
    select array_agg(t.id), coalesce(bool_or(t.life <> current), false)
      into taken, stale from thrum.take_channels(names, mode = 'quick') t;
    exit when cardinality(taken) = cardinality(names) or mode = 'quick' and missing <> '{}';
    missing := array(
      select n.name from unnest(names) with ordinality n (name, nr)
      where not exists (select from thrum.channels c where c.name = n.name)
        and (
          exists (select from thrum.subscriptions s where s.channel = n.name)
          or exists (
            select from unnest(places, sizes, keys) e (place, size, key)
            where e.place = n.nr and (e.size > 0 or e.key is not null)
          )
        )
    );
    exit when missing = '{}' and (mode = 'quick' or not exists (
      -- Another transaction has begun it since.
      select from thrum.channels c
      where c.name = any(names) and c.id <> all(coalesce(taken, '{}'))
    ));
    if mode = 'quick' then
      perform thrum.try_begin_channels(missing, current);
    else
      perform thrum.begin_channels(missing, current);
    end if;
  end loop;
  if stale then
    perform thrum.renew_epochs(
      array(select c.name from thrum.channels c where c.id = any(taken)), current
    );
  end if;
  perform pg_notify('thrum_' || r.node, '') from (
    select distinct s.node from thrum.subscriptions s
      join thrum.channels c on c.name = s.channel
      where s.channel = any(names) and c.id = any(taken)
  ) r;
  return query
  with entry as (
    select e.*, c.id, c.epoch, c.top, known."offset" as known, case
      when known."offset" is not null then 'known'
      when e.size > 0 and e.after <> c.top || ' ' || c.epoch then 'conflict'
      when e.size > 0 and split_part(e.version, ' ', 1)::bigint <= c.version
        and thrum.epoch_of(e.version) in ('', c.version_epoch) then 'superseded'
      else 'new'
    end as state
    from unnest(
      places, forms, datas, infos, tags_of, keys, sizes, ttls, versions, afters
    ) with ordinality
      e (place, form, data, info, tags, key, size, ttl, version, after, nr)
    join thrum.channels c on c.name = names[e.place] and c.id = any(taken)
    left join lateral (
      select p."offset" from thrum.publications p
      where e.key is not null and p.channel = c.id and p.key is not null
        and md5(p.key) = md5(e.key) and p.key = e.key
        and p.at > clock_timestamp() - interval '${IDEMPOTENCY_MS} ms'
      order by p.id limit 1
    ) known on true
  ), placed as (
    select entry.*, case
      when state = 'known' then abs(known)
      when state <> 'new' then top
      when size < 0 then 0
      else top + count(*) filter (where size >= 0 and state = 'new')
        over (partition by entry.place order by nr)
    end as "offset"
    from entry
  ), summed as (
    select id, max("offset") filter (where state <> 'known') as top,
      max(case when size > 0 then "offset" - size else "offset" end)
        filter (where state = 'new') as floor,
      (array_agg(ttl order by nr desc)
        filter (where size > 0 and state = 'new'))[1] as ttl,
      max(version) filter (where size > 0 and state = 'new') as version
    from placed where size >= 0 group by id
  ), updated as (
    update thrum.channels c set
      top = coalesce(summed.top, c.top),
      floor = greatest(
        case when c.expires_at <= clock_timestamp() then c.top else c.floor end,
        summed.floor
      ),
      expires_at = case when summed.ttl is null then c.expires_at
        else clock_timestamp() + summed.ttl * interval '1 ms' end,
      version = coalesce(split_part(summed.version, ' ', 1)::bigint, c.version),
      version_epoch = coalesce(thrum.epoch_of(summed.version), c.version_epoch),
      used_at = clock_timestamp()
    from summed where c.id = summed.id
  ), inserted as (
    insert into thrum.publications (channel, "offset", form, data, info, tags, key)
    select id, "offset", form, data, info, tags, key
    from placed where state = 'new' order by nr
  ), noted as (
    insert into thrum.publications (channel, "offset", form, data, key)
    select id, -"offset", form, '', key
    from placed where state = 'superseded' and key is not null
  )
  select p.place, min(p.epoch), string_agg(case
    when p.state = 'conflict' then '!'
    when p.state = 'superseded' or p.known < 0 then '-'
    else ''
  end || p."offset", ' ' order by p.nr), (
    select count(*)::integer from thrum.subscriptions s
      join thrum.nodes n on n.id = s.node
      where s.channel = names[p.place] and n.expires_at > clock_timestamp()
  )
  from placed p group by p.place
  union all
  select n.nr::integer, null, null, null from unnest(names) with ordinality n (name, nr)
  where mode = 'quick' and (
    exists (
      select from thrum.channels c
      where c.name = n.name and c.id <> all(coalesce(taken, '{}'))
    )
    or n.name = any(missing)
      and not exists (select from thrum.channels c where c.name = n.name)
  );
end
$$;
`;

/**
 * Publishes for an application, inside its own transaction: subscribers receive what is
 * committed, and nothing of what is rolled back. A channel that it publishes to waits
 * for the end of the transaction. It has the rights of the hub's user, so that an
 * application needs none to the tables.
 */
export const APPLICATION_FUNCTIONS = `
create or replace function thrum.publish(
  channel text, data jsonb,
  history_size integer default 100, history_ttl interval default '300 s',
  tags jsonb default null, idempotency_key text default null,
  out "offset" bigint, out epoch text
) returns record
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp as $$
declare
  ttl bigint := ceil(extract(epoch from history_ttl) * 1000);
begin
  if channel is null or data is null or channel = '' or octet_length(channel) > 255
    or channel ~ '[\\x01-\\x1f\\x7f-\\u009f]'
  then
    raise exception 'Cannot publish to "%": expected a channel of 1 to 255 bytes without control characters, and data', channel;
  end if;
  if tags is not null and (jsonb_typeof(tags) <> 'object' or exists (
    select from jsonb_each(tags) t where jsonb_typeof(t.value) <> 'string'
  )) then
    raise exception 'Cannot publish to "%": expected tags that are strings', channel;
  end if;
  select abs(coalesce(p.offsets, '0')::bigint), coalesce(p.epoch, '')
    into "offset", epoch
    from thrum.publish_entries(
      'nested', array[channel], array[1], array['pj'], array[data::text],
      array[null::text], array[tags::text], array[idempotency_key],
      array[case when ttl > 0 then greatest(history_size, 0) else 0 end], array[ttl],
      array[null::text], array[null::text]
    ) p;
  "offset" := coalesce("offset", 0);
  epoch := coalesce(epoch, '');
end
$$;
`;
