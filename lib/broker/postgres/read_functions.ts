/** Functions in SQL that read: streams, and for a node all that is new. */

import { POSITION_TTL_MS } from "../types.ts";

/** Part of a position's lifetime after which a read prolongs it. */
const USE_MS = POSITION_TTL_MS / 64;

/**
 * Reads positions and histories; a stream begins with that at the latest. To compile
 * such a short query takes thirty times as long as to carry it out, so `jit` is off.
 * Among several channels one that another transaction begins has no row in the answer.
 */
export const STREAM_FUNCTIONS = `
create or replace function thrum.open_channels(names text[]) returns void
language plpgsql volatile as $$
declare
  current text := thrum.current_life();
  missing text[];
begin
  missing := array(
    select distinct n.name from unnest(names) n (name)
    where not exists (select from thrum.channels c where c.name = n.name)
  );
  if cardinality(names) = 1 and missing <> '{}' then
    perform thrum.begin_channels(missing, current);
  elsif missing <> '{}' then
    perform thrum.try_begin_channels(missing, current);
  end if;
  if exists (
    select from thrum.channels c where c.name = any(names) and c.life <> current
  ) then
    perform from thrum.take_channels(names, false);
    perform thrum.renew_epochs(names, current);
  end if;
  if exists (
    select from thrum.channels c where c.name = any(names)
      and c.used_at < clock_timestamp() - interval '${USE_MS} ms'
  ) then
    update thrum.channels c set used_at = clock_timestamp() where c.id in (
      select t.id from thrum.take_channels(names, true) t
    );
  end if;
end
$$;

create or replace function thrum.positions(names text[])
returns table (name text, epoch text, top bigint)
language plpgsql volatile as $$
begin
  perform thrum.open_channels(names);
  return query select c.name, c.epoch, c.top
    from thrum.channels c where c.name = any(names);
end
$$;

create or replace function thrum.read(
  channel_name text, most integer, backward boolean, bound bigint
) returns table (
  "offset" bigint, form text, data text, info text, tags text, epoch text, earlier text[]
)
language plpgsql volatile set jit = off as $$
#variable_conflict use_column
begin
  perform thrum.open_channels(array[channel_name]);
  return query
  with c as materialized (
    select id, epoch, top, earlier,
      case when expires_at <= clock_timestamp() then top else floor end as floor
    from thrum.channels where name = channel_name
  )
  select c.top, null, null, null, null, c.epoch, c.earlier from c
  union all (
    select p."offset", p.form, p.data, p.info, p.tags, null, null
    from c, thrum.publications p
    where not backward and p.channel = c.id and p."offset" > 0
      and p."offset" > greatest(c.floor, bound)
    order by p."offset" limit most
  )
  union all (
    select p."offset", p.form, p.data, p.info, p.tags, null, null
    from c, thrum.publications p
    where backward and p.channel = c.id and p."offset" > 0
      and p."offset" > c.floor and p."offset" < bound
    order by p."offset" desc limit most
  );
end
$$;

create or replace function thrum.remove_history(channel_name text) returns void
language sql volatile as $$
  update thrum.channels set floor = top where name = channel_name
$$;
`;

/**
 * Reads for a node what was committed since its last look, the snapshot `seen`: by
 * transactions that had not begun then, or not ended. So no publication is missed or
 * read twice, however long its transaction took. The first row is a header: the life,
 * 1 if the node is still registered, and the next snapshot.
 */
export const NODE_FUNCTIONS = `
create or replace function thrum.news(self uuid, seen text)
returns table (
  id bigint, channel text, "offset" bigint, epoch text,
  form text, data text, info text, tags text, xid text
)
language plpgsql volatile
set enable_seqscan = off set plan_cache_mode = force_generic_plan set jit = off as $$
#variable_conflict use_column
declare
  last pg_snapshot := coalesce(seen::pg_snapshot, pg_current_snapshot());
  ended xid8 := pg_snapshot_xmax(last);
  open_then xid8[] := array(select pg_snapshot_xip(last));
begin
  return query
  select null::bigint, thrum.current_life(),
    (select count(*) from thrum.nodes n where n.id = self),
    null, null, null, null, null, pg_current_snapshot()::text
  union all (
    select p.id, c.name, p."offset", c.epoch, p.form, p.data, p.info, p.tags, p.xid::text
    from thrum.publications p
    join thrum.channels c on c.id = p.channel
    join thrum.subscriptions s on s.channel = c.name and s.node = self
    where (p.xid >= ended or p.xid = any(open_then)) and p."offset" >= 0
    order by p.id
  );
end
$$;

create or replace function thrum.register(
  self uuid, before uuid, ttl_ms integer, names text[]
) returns text
language plpgsql volatile as $$
begin
  perform thrum.leave(before);
  insert into thrum.nodes (id, expires_at)
    values (self, clock_timestamp() + ttl_ms * interval '1 ms');
  return thrum.follow(self, names, '{}');
end
$$;

create or replace function thrum.renew(self uuid, ttl_ms integer) returns void
language sql volatile as $$
  update thrum.nodes set expires_at = clock_timestamp() + ttl_ms * interval '1 ms'
  where id = self
$$;

create or replace function thrum.follow(self uuid, added text[], dropped text[])
returns text
language plpgsql volatile as $$
begin
  delete from thrum.subscriptions s where s.node = self and s.channel = any(dropped);
  insert into thrum.subscriptions (channel, node)
    select n.name, self from unnest(added) n (name) order by n.name
    on conflict do nothing;
  return pg_current_snapshot()::text;
end
$$;

create or replace function thrum.count_nodes() returns integer
language sql stable as $$
  select count(*)::integer from thrum.nodes where expires_at > clock_timestamp()
$$;

create or replace function thrum.leave(self uuid) returns void
language plpgsql volatile as $$
begin
  delete from thrum.subscriptions where node = self;
  delete from thrum.nodes where id = self;
end
$$;
`;
