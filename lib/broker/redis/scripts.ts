/** Scripts of channels' streams, which Redis runs atomically. */

/** Extra lifetime of a position, so that it is not prolonged with each publication. */
const SLACK_MS = 600_000;
/** Extra lifetime of a history, for the same reason: that part of its own, and so many milliseconds at most. */
const HISTORY_SLACK = 8;
const MAX_HISTORY_SLACK_MS = 1_000;
/** Publications between two looks at the length of a history. */
const TRIM_EVERY = 16;
/** Number of earlier epochs whose surviving positions stay valid; the newest are kept. */
const MAX_EARLIER = 8;

/**
 * Functions about the top of a stream. Every channel has a hash with the position of
 * its stream, and a Redis stream with its history, whose ids are the offsets.
 *
 * | field | meaning |
 * | --- | --- |
 * | `epoch`, `offset` | the top |
 * | `life` | the life of the server in which the epoch began |
 * | `earlier` | the epochs before, the newest first: a line each with the life, the epoch and the offset that survived |
 * | `version` | the newest version of a publication: its number and its epoch |
 * | `terms` | of the history: the epoch, the time at which its lifetime is to be prolonged, the life, the size and the lifetime; there is no history without them |
 *
 * KEYS: position, stream. ARGV: the life of the server, an epoch that no stream has
 * yet, the lifetime of a position in milliseconds; then those of each script.
 *
 * A server that was restarted, or replaced by its replica, may have lost its newest
 * writes, and gives their offsets a second time. So the stream continues in each life
 * with another epoch; a position of an earlier epoch is valid up to the offset that
 * survived. A node that does not know of the newest life yet changes nothing.
 *
 * Redis spends most of its time on publications, so a publication runs few commands:
 * the lifetimes of keys are prolonged once in a while, and whole blocks of a history are
 * dropped. A history lasts up to a second longer, and may hold more entries than count.
 */
const TOP = `
local call, find, format, match = redis.call, string.find, string.format, string.match
local position, stream, epoch, offset
-- By itself Lua writes numbers slowly, and large ones not exactly.
local function digits(number)
  return format('%d', number)
end
local function begin(name)
  epoch, offset = name, 0
  call('DEL', stream)
  call('HSET', position, 'epoch', epoch, 'offset', 0, 'life', ARGV[1])
end
local function open(key, history)
  position, stream = key, history
  local top = call('HMGET', position, 'epoch', 'offset', 'life')
  epoch, offset = top[1], tonumber(top[2])
  if not epoch or top[3] == ARGV[1] then return end
  local earlier = call('HGET', position, 'earlier') or ''
  if find(earlier, ARGV[1] .. ' ', 1, true) then return end
  earlier = top[3] .. ' ' .. epoch .. ' ' .. digits(offset) .. '\\n' .. earlier
  earlier = match(earlier, '^' .. string.rep('[^\\n]*\\n', ${MAX_EARLIER})) or earlier
  epoch = ARGV[2]
  call('HSET', position, 'epoch', epoch, 'life', ARGV[1], 'earlier', earlier)
  -- A node that does not know of this life yet must not go by the epoch before.
  local terms = call('HGET', position, 'terms')
  if terms then
    call('HSET', position, 'terms', epoch .. ' 0 ' .. match(terms, '^%S+ %d+ (.*)'))
  end
end
local function use(ttl)
  if call('PTTL', position) < ttl then
    call('PEXPIRE', position, digits(ttl + ${SLACK_MS}))
  end
end
`;

/** First word of the reply about a publication that was not published, because the top is another. */
export const CONFLICT = "conflict";

/**
 * Publishes to one channel after the other. ARGV: the mode: `keep`, `count` (a position,
 * but no history) or `none` (no position); the size of the history and its lifetime in
 * milliseconds; the lifetime of an idempotency key; of the only publication the version,
 * and the offset and epoch that the top must have, or nothing; then for each channel the
 * topic, the number of entries, and the entries. KEYS: a position and a stream for each
 * channel; one more, where there is only one channel, is the key with the result of the
 * first publish. Returns receivers, first offset and epoch of each channel as text; where
 * the top is another, `conflict` with its offset and epoch.
 *
 * Subscribers receive one message, after everything is written, the key included: if
 * Redis runs out of memory, no publication may be delivered that was not stored, nor
 * delivered twice because its key was not. So the receivers in the stored result are
 * counted just before.
 *
 * The text of a channel that failed by itself begins with `!`: other channels do not
 * suffer from a key that is no stream. Any other error, such as that of a replica that
 * takes no writes, meets the first channel, and is that of the script.
 */
export const PUBLISH = `
local key = #KEYS % 2 == 1 and KEYS[#KEYS]
if key then
  local known = redis.call('GET', key)
  if known then return { known } end
end
${TOP}
local mode, size, ttl = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local version, after = ARGV[8], ARGV[9]
local terms = ARGV[1] .. ' ' .. ARGV[5] .. ' ' .. ARGV[6]
local slack = math.min(math.ceil(ttl / ${HISTORY_SLACK}), ${MAX_HISTORY_SLACK_MS})
local time = mode == 'keep' and call('TIME')
local now = time and time[1] * 1000 + math.floor(time[2] / 1000)
local function subscribers(topic)
  return call('PUBSUB', 'NUMSUB', topic)[2]
end
local function keep(key, history, from, to)
  local count = to - from + 1
  local known = call('HGET', key, 'terms')
  local name, due, rest
  if known then name, due, rest = match(known, '^(%S+) (%d+) (.*)') end
  local isDue = rest ~= terms or now >= tonumber(due)
  if rest and rest ~= terms then
    -- What a smaller size has dropped must not come back with a larger one.
    local before = match(rest, '(%d+) %d+$')
    if tonumber(before) < size then call('XTRIM', history, 'MAXLEN', before) end
  end
  if isDue then
    open(key, history)
    if not epoch then begin(ARGV[2]) end
    name = epoch
    call('HSET', key, 'terms', name .. ' ' .. digits(now + slack) .. ' ' .. terms)
  end
  local top = call('HINCRBY', key, 'offset', count)
  local last = digits(top)
  for index = math.max(1, count - size + 1), count - 1 do
    call('XADD', history, digits(top - count + index), 'p', ARGV[from + index - 1])
  end
  if isDue or top % ${TRIM_EVERY} < count then
    call('XADD', history, 'MAXLEN', '~', ARGV[5], last, 'p', ARGV[to])
  else
    call('XADD', history, last, 'p', ARGV[to])
  end
  if isDue then
    call('PEXPIRE', history, digits(ttl + slack))
    use(math.max(ttl + slack, tonumber(ARGV[3])))
  end
  return count == 1 and last or digits(top - count + 1), name
end
local function count(from, to)
  offset = offset + to - from + 1
  call('HSET', position, 'offset', digits(offset))
  if call('DEL', stream) == 1 then call('HDEL', position, 'terms') end
  use(tonumber(ARGV[3]))
  return digits(offset - to + from), epoch
end
local function isSuperseded(key)
  local newest = call('HGET', key, 'version')
  if not newest then return false end
  local number, era = match(version, '^(%d+) (.*)$')
  local known, other = match(newest, '^(%d+) (.*)$')
  return tonumber(number) <= tonumber(known) and (era == '' or era == other)
end
local function publish(index, topic, from, to)
  local start, name, silent = '0', '', false
  if after ~= '' then
    open(KEYS[index], KEYS[index + 1])
    local top = digits(offset or 0) .. ' ' .. (epoch or '')
    if top ~= after then return '${CONFLICT} ' .. top end
  end
  if version ~= '' and isSuperseded(KEYS[index]) then
    open(KEYS[index], KEYS[index + 1])
    use(tonumber(ARGV[3]))
    start, name, silent = digits(offset), epoch, true
  elseif mode == 'keep' then
    start, name = keep(KEYS[index], KEYS[index + 1], from, to)
    if version ~= '' then call('HSET', KEYS[index], 'version', version) end
  elseif mode == 'count' then
    open(KEYS[index], KEYS[index + 1])
    -- A stream without a history begins with its first subscriber.
    silent = not epoch and subscribers(topic) == 0
    if not silent then
      if not epoch then begin(ARGV[2]) end
      start, name = count(from, to)
    end
  end
  local place = ' ' .. start .. ' ' .. name
  if key then
    call('SET', key, (silent and '0' or subscribers(topic)) .. place, 'PX', ARGV[7])
  end
  if silent then return '0' .. place end
  local entries = from == to and ARGV[from] or table.concat(ARGV, '', from, to)
  return call('PUBLISH', topic, name .. ' ' .. start .. '\\n' .. entries) .. place
end
local replies, at = {}, 10
while at < #ARGV do
  local from, to = at + 2, at + 1 + tonumber(ARGV[at + 1])
  local done, reply = pcall(publish, #replies * 2 + 1, ARGV[at], from, to)
  if not done then
    local message = type(reply) == 'table' and reply.err or reply
    if not find(message, 'WRONGTYPE', 1, true) and not find(message, 'ERR ', 1, true) then
      return redis.error_reply(message)
    end
    reply = '!' .. message
  end
  replies[#replies + 1] = reply
  at = to + 1
end
return replies
`;

/** The same in a cluster, where each topic is in the slot of its channel. */
export const PUBLISH_SHARDED = PUBLISH
  .replace("'NUMSUB'", "'SHARDNUMSUB'")
  .replace("'PUBLISH'", "'SPUBLISH'");

/**
 * Reads. ARGV: the number of entries, `forward` or `backward`, and the bounds of the
 * offsets for XRANGE or XREVRANGE. Returns the epoch, the top, the earlier epochs and
 * the entries.
 */
export const READ = `
${TOP}
open(KEYS[1], KEYS[2])
local limit, direction = tonumber(ARGV[4]), ARGV[5]
if not epoch then begin(ARGV[2]) end
use(tonumber(ARGV[3]))
local entries = {}
if limit > 0 then
  local size = tonumber(match(call('HGET', position, 'terms') or '', '(%d+) %d+$') or 0)
  local oldest = offset - size + 1
  if direction == 'forward' then
    local from = math.max(tonumber(ARGV[6]) or 0, oldest)
    entries = call('XRANGE', stream, digits(from), ARGV[7], 'COUNT', limit)
  else
    entries = call('XREVRANGE', stream, ARGV[6], digits(math.max(oldest, 0)), 'COUNT', limit)
  end
end
return { epoch, digits(offset), call('HGET', position, 'earlier') or '', entries }
`;

/** Removes a history; the position stays. KEYS: position, stream. */
export const REMOVE = `
redis.call('HDEL', KEYS[1], 'terms')
redis.call('DEL', KEYS[2])
`;
