/** Functions in SQL about leases. */

/** Keeps leases. The time is that of the server, because the clocks of nodes differ. */
export const PRESENCE_FUNCTIONS = `
create or replace function thrum.change_leases(
  ttl_ms integer, channels text[], clients text[], users text[], infos text[]
) returns void
language plpgsql volatile as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  delete from thrum.leases l
    using unnest(channels, clients, infos) e (channel, client, info)
    where e.info is null and l.channel = e.channel and l.client = e.client;
  insert into thrum.leases (channel, client, "user", info, expires_at)
    select e.channel, e.client, e."user", e.info,
      clock_timestamp() + ttl_ms * interval '1 ms'
    from unnest(channels, clients, users, infos) e (channel, client, "user", info)
    where e.info is not null order by e.channel, e.client
    on conflict (channel, client) do update set "user" = excluded."user",
      info = excluded.info, expires_at = excluded.expires_at;
end
$$;

create or replace function thrum.leases_of(channel_name text)
returns table (info text)
language sql stable as $$
  select l.info from thrum.leases l
  where l.channel = channel_name and l.expires_at > clock_timestamp()
$$;

create or replace function thrum.count_leases(
  channel_name text, out clients integer, out users integer
) returns record
language sql stable as $$
  select count(*)::integer, count(distinct l."user")::integer from thrum.leases l
  where l.channel = channel_name and l.expires_at > clock_timestamp()
$$;
`;
