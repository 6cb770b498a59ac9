/** Functions in SQL that remove what has expired. */

import { IDEMPOTENCY_MS, POSITION_TTL_MS } from "../types.ts";

/** Time for which a publication is there for nodes that have not read it yet, in milliseconds. */
export const LIVE_MS = 60_000;

/** Number of the advisory lock of the node that sweeps. */
const SWEEP_LOCK = 7_234_202_612_901;

/**
 * Removes what has expired, at most `most` rows of each kind, and returns the largest
 * number of rows of a kind; nothing while another node does so.
 *
 * A publication stays until its transaction has been over for a minute, which is not
 * its age: a transaction may take longer. The first mark of that age is found by the
 * rows of `marks`.
 */
export const SWEEP_FUNCTIONS = `
create or replace function thrum.sweep(most integer) returns integer
language plpgsql volatile set jit = off as $$
declare
  time timestamptz := clock_timestamp();
  over xid8;
  rows integer;
  largest integer := 0;
begin
  if not pg_try_advisory_xact_lock(${SWEEP_LOCK}) then return 0; end if;
  insert into thrum.marks (at, oldest)
    values (time, pg_snapshot_xmin(pg_current_snapshot())) on conflict do nothing;
  select m.oldest into over from thrum.marks m
    where m.at < time - interval '${LIVE_MS} ms' order by m.at desc limit 1;
  delete from thrum.marks m where m.at < (
    select max(n.at) from thrum.marks n where n.at < time - interval '${LIVE_MS} ms'
  );

  delete from thrum.nodes n where n.expires_at < time;
  delete from thrum.subscriptions s where s.ctid = any(array(
    select t.ctid from thrum.subscriptions t
    where not exists (select from thrum.nodes n where n.id = t.node) limit most
  ));
  get diagnostics rows = row_count;
  largest := greatest(largest, rows);
  delete from thrum.leases l where l.ctid = any(array(
    select k.ctid from thrum.leases k where k.expires_at < time
    limit most for update skip locked
  ));
  get diagnostics rows = row_count;
  largest := greatest(largest, rows);
  if over is null then return largest; end if;

  delete from thrum.publications p where p.ctid = any(array(
    select q.ctid from thrum.publications q
    where q."offset" = 0 and q.xid < over
      and (q.key is null or q.at < time - interval '${IDEMPOTENCY_MS} ms')
    order by q.xid limit most
  ));
  get diagnostics rows = row_count;
  largest := greatest(largest, rows);
  return greatest(largest, thrum.sweep_histories(over, most), thrum.sweep_channels(most));
end
$$;

create or replace function thrum.sweep_histories(over xid8, most integer) returns integer
language plpgsql volatile set jit = off as $$
declare
  time timestamptz := clock_timestamp();
  rows integer;
begin
  with due as (
    select c.id, c.swept,
      case when c.expires_at <= time then c.top else c.floor end as floor
    from thrum.channels c
    where c.swept < case when c.expires_at <= time then c.top else c.floor end
    limit most for no key update skip locked
  ), old as (
    select p.ctid, p.channel, p."offset",
      row_number() over (partition by p.channel order by p."offset") as nr,
      p.xid < over
        and (p.key is null or p.at < time - interval '${IDEMPOTENCY_MS} ms') as ended
    from due cross join lateral (
      select q.ctid, q.* from thrum.publications q
      where q.channel = due.id and q."offset" > 0
        and q."offset" > due.swept and q."offset" <= due.floor
      order by q."offset" limit most
    ) p
  ), removed as (
    delete from thrum.publications p where p.ctid = any(array(
      select o.ctid from old o where o.ended limit most
    )) returning p.channel, p."offset"
  ), progress as (
    select d.id, coalesce(
      -- Up to the first that stays.
      (select min(o."offset") - 1 from old o where o.channel = d.id
        and not exists (select from removed r
          where r.channel = o.channel and r."offset" = o."offset")),
      (select max(o."offset") from old o where o.channel = d.id),
      d.floor
    ) as swept from due d
  ), noted as (
    update thrum.channels c set swept = p.swept
    from progress p where c.id = p.id and c.swept < p.swept
  )
  select count(*)::integer into rows from removed;
  return rows;
end
$$;

create or replace function thrum.sweep_channels(most integer) returns integer
language plpgsql volatile set jit = off as $$
declare
  rows integer;
begin
  with unused as (
    select c.id from thrum.channels c
    where c.used_at < clock_timestamp() - interval '${POSITION_TTL_MS} ms'
      and (c.expires_at is null or c.expires_at < clock_timestamp())
      and not exists (select from thrum.subscriptions s where s.channel = c.name)
    limit most for update skip locked
  ), orphans as (
    delete from thrum.publications p using unused u
    where p.channel = u.id and p."offset" > 0
  )
  delete from thrum.channels c using unused u where c.id = u.id;
  get diagnostics rows = row_count;
  return rows;
end
$$;
`;
