/** Tables of the schema `thrum`. */

/**
 * The tables, and what stands in their columns.
 *
 * | table | holds |
 * | --- | --- |
 * | `channels` | the top of each stream, and the bounds of its history: the offsets above `floor`, until `expires_at` |
 * | `publications` | the publications of the last minute, and the histories. Without a position the offset is 0; below 0 there is a key alone |
 * | `nodes`, `subscriptions` | the nodes that are alive, and their channels |
 * | `leases` | the presence |
 * | `life` | a token that is lost whenever commits may be lost, too |
 * | `marks` | for the sweeper: transactions that had ended at a time |
 *
 * A crash empties tables that are `unlogged`, and a replica that takes over has none of
 * their rows. So `life` then gets another token, and each stream another epoch, because
 * its newest publications may be lost, which subscribers have seen. The nodes write
 * `nodes`, `subscriptions` and `leases` again.
 *
 * No index of `channels` has a column that a publication changes, so that an update
 * stays on its page. Names are compared as bytes.
 */
export const TABLES = `
create unlogged table thrum.life (
  one boolean primary key default true check (one),
  token text not null,
  origin text not null
);
create table thrum.channels (
  id bigint generated always as identity primary key,
  name text collate "C" not null unique,
  epoch text not null,
  top bigint not null default 0,
  floor bigint not null default 0,
  expires_at timestamptz,
  used_at timestamptz not null default clock_timestamp(),
  version bigint,
  version_epoch text,
  swept bigint not null default 0,
  life text not null,
  earlier text[] not null default '{}'
) with (
  fillfactor = 50,
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 0
);
create table thrum.publications (
  id bigint generated always as identity,
  channel bigint not null,
  "offset" bigint not null,
  form text not null,
  data text not null,
  info text,
  tags text,
  key text,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id()
) with (
  autovacuum_vacuum_scale_factor = 0.05,
  autovacuum_vacuum_cost_delay = 0
);
create unique index publications_position
  on thrum.publications (channel, "offset") where "offset" > 0;
create index publications_xid on thrum.publications (xid);
create index publications_transient
  on thrum.publications (xid) where "offset" <= 0;
create index publications_key
  on thrum.publications (channel, md5(key)) where key is not null;
create unlogged table thrum.nodes (
  id uuid primary key,
  expires_at timestamptz not null
);
create unlogged table thrum.subscriptions (
  channel text collate "C" not null,
  node uuid not null,
  primary key (channel, node)
);
create unlogged table thrum.leases (
  channel text collate "C" not null,
  client text collate "C" not null,
  "user" text collate "C" not null,
  info text not null,
  expires_at timestamptz not null,
  primary key (channel, client)
) with (fillfactor = 50);
create table thrum.marks (
  at timestamptz primary key,
  oldest xid8 not null
);
`;

/**
 * Brings tables that were made before the first release to the same columns and indexes,
 * and removes functions of theirs that now have another result. Where nothing is missing
 * no table is locked.
 */
export const EARLY_TABLES = `
do $$ begin
  if not exists (
    select from pg_catalog.pg_attribute
    where attrelid = 'thrum.channels'::regclass and attname = 'version_epoch'
  ) then
    alter table thrum.channels
      add column version bigint, add column version_epoch text;
  end if;
  if exists (
    select from pg_catalog.pg_index
    where indexrelid = 'thrum.publications_transient'::regclass
      and pg_get_expr(indpred, indrelid) like '%" = 0%'
  ) then
    drop index thrum.publications_transient;
    create index publications_transient
      on thrum.publications (xid) where "offset" <= 0;
  end if;
  if exists (
    select from pg_catalog.pg_proc
    where oid = to_regprocedure('thrum.sweep_channels(integer)')
      and prorettype = 'integer'::regtype
  ) then
    drop function thrum.sweep(integer);
    drop function thrum.sweep_histories(xid8, integer);
    drop function thrum.sweep_channels(integer);
  end if;
end $$;
`;
