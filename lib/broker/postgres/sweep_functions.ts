/** Functions in SQL that remove what has expired. */

import { IDEMPOTENCY_MS, POSITION_TTL_MS } from "../types.ts";

/** Time for which a publication is there for nodes that have not read it yet, in milliseconds. */
export const LIVE_MS = 60_000;

/** Number of the advisory lock of the node that sweeps. */
const SWEEP_LOCK = 7_234_202_612_901;

/** Channels that one statement looks at: so few that publishers hardly wait for it. */
const CHANNELS = 200;

/** Up to where the rows of a channel `c` have expired. */
const FLOOR = "case when c.expires_at <= time then c.top else c.floor end";
/** Condition that nothing needs a row `q` any more. */
const ENDED =
  `(q.xid < over and (q.key is null or q.at < time - interval '${IDEMPOTENCY_MS} ms'))`;

/**
 * Removes what has expired, at most `most` rows of each kind, and says whether there is
 * more; nothing while another node does so. Histories are swept by the ids of their
 * channels, from `next` on, which is null after the last.
 *
 * A publication stays until its transaction has been over for a minute, which is not
 * its age: a transaction may take longer. The first mark of that age is found by the
 * rows of `marks`.
 *
 * A channel is locked only if it has a row to remove, so that those at work do not keep
 * others from their turn. Its rows are read by a later statement than the one that locks
 * it, and so are all there.
 */
export const SWEEP_FUNCTIONS = `
create or replace function thrum.sweep(
  most integer, inout next bigint, out more boolean
) returns record
language plpgsql volatile set jit = off as $$
declare
  time timestamptz := clock_timestamp();
  over xid8;
  rows integer;
begin
  more := false;
  if not pg_try_advisory_xact_lock(${SWEEP_LOCK}) then
    next := null;
    return;
  end if;
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
  more := more or rows >= most;
  delete from thrum.leases l where l.ctid = any(array(
    select k.ctid from thrum.leases k where k.expires_at < time
    limit most for update skip locked
  ));
  get diagnostics rows = row_count;
  more := more or rows >= most;
  if over is null then
    next := null;
    return;
  end if;

  delete from thrum.publications p where p.ctid = any(array(
    select q.ctid from thrum.publications q
    where q."offset" <= 0 and ${ENDED}
    order by q.xid limit most
  ));
  get diagnostics rows = row_count;
  more := more or rows >= most;
  if next is null then
    more := thrum.sweep_channels(least(most, ${CHANNELS})) or more;
  else
    next := thrum.sweep_histories(over, most, next);
    more := true;
  end if;
end
$$;

create or replace function thrum.sweep_histories(
  over xid8, most integer, start bigint
) returns bigint
language plpgsql volatile set jit = off as $$
declare
  time timestamptz := clock_timestamp();
  page bigint[] := array(
    select c.id from thrum.channels c where c.id > start and c.swept < ${FLOOR}
    order by c.id limit least(most, ${CHANNELS})
  );
  taken bigint[] := array(
    select c.id from thrum.channels c
    where c.id = any(page) and c.swept < ${FLOOR} and coalesce((
      select ${ENDED} from thrum.publications q
      where q.channel = c.id and q."offset" > 0
        and q."offset" > c.swept and q."offset" <= ${FLOOR}
      order by q."offset" limit 1
    ), true)
    for no key update of c skip locked
  );
  -- Rows of each channel.
  share integer := greatest(1, most / greatest(1, cardinality(taken)));
  unfinished bigint;
begin
  with old as materialized (
    select c.id, ${FLOOR} as floor, p.ctid as place, p."offset",
      coalesce(bool_and(p.ended) over (
        partition by c.id order by p."offset"
      ), false) as ended
    from thrum.channels c left join lateral (
      select q.ctid, q."offset", ${ENDED} as ended from thrum.publications q
      where q.channel = c.id and q."offset" > 0
        and q."offset" > c.swept and q."offset" <= ${FLOOR}
      order by q."offset" limit share
    ) p on true
    where c.id = any(taken)
  ), removed as (
    delete from thrum.publications p
    where p.ctid = any(array(select o.place from old o where o.ended))
  ), progress as (
    -- Up to the first that stays.
    select o.id, case
      when bool_and(o.ended) and count(*) = share then max(o."offset")
      else coalesce(min(o."offset") filter (where not o.ended) - 1, min(o.floor))
    end as swept, bool_and(o.ended) and count(*) = share as partly
    from old o group by o.id
  ), noted as (
    update thrum.channels c set swept = p.swept
    from progress p where c.id = p.id and c.swept < p.swept
  )
  select min(p.id) into unfinished from progress p where p.partly;
  return coalesce(
    unfinished - 1,
    case when cardinality(page) = least(most, ${CHANNELS})
      then page[cardinality(page)] end
  );
end
$$;

create or replace function thrum.sweep_channels(most integer) returns boolean
language plpgsql volatile set jit = off as $$
declare
  rows integer;
begin
  with unused as (
    select c.id from thrum.channels c
    where c.used_at < clock_timestamp() - interval '${POSITION_TTL_MS} ms'
      and (c.expires_at is null or c.expires_at < clock_timestamp())
      and c.swept >= c.top
      and not exists (select from thrum.subscriptions s where s.channel = c.name)
    limit most for update skip locked
  )
  delete from thrum.channels c using unused u where c.id = u.id;
  get diagnostics rows = row_count;
  return rows >= most;
end
$$;
`;
