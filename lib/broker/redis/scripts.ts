/** Scripts of a channel's stream, which Redis runs atomically. */

/** Extra lifetime of a position, so that it is not prolonged with each publication. */
const SLACK_MS = 600_000;
/** Number of earlier epochs whose surviving positions stay valid; the newest are kept. */
const MAX_EARLIER = 8;

/**
 * Reads the top of a stream. Every channel has a hash with the position of its stream,
 * and a Redis stream with its history, whose ids are the offsets.
 *
 * | field | meaning |
 * | --- | --- |
 * | `epoch`, `offset` | the top |
 * | `life` | the life of the server in which the epoch began |
 * | `earlier` | the epochs before, the newest first: a line each with the life, the epoch and the offset that survived |
 *
 * KEYS: position, stream. ARGV: an epoch that no stream has yet, the life of the
 * server, the lifetime of a position in milliseconds; then those of each script.
 *
 * A server that was restarted, or replaced by its replica, may have lost its newest
 * writes, and gives their offsets a second time. So the stream continues in each life
 * with another epoch; a position of an earlier epoch is valid up to the offset that
 * survived. A node that does not know of the newest life yet changes nothing.
 */
const TOP = `
local position, stream = KEYS[1], KEYS[2]
local top = redis.call('HMGET', position, 'epoch', 'offset', 'life')
local epoch, offset = top[1], tonumber(top[2])
local function begin(name)
  epoch, offset = name, 0
  redis.call('DEL', stream)
  redis.call('HSET', position, 'epoch', epoch, 'offset', 0, 'life', ARGV[2])
end
-- By itself Lua writes numbers slowly, and large ones not exactly.
local function digits(number)
  return string.format('%d', number)
end
if epoch and top[3] ~= ARGV[2] then
  local earlier = redis.call('HGET', position, 'earlier') or ''
  if not string.find(earlier, ARGV[2] .. ' ', 1, true) then
    earlier = top[3] .. ' ' .. epoch .. ' ' .. digits(offset) .. '\\n' .. earlier
    earlier = string.match(earlier, '^' .. string.rep('[^\\n]*\\n', ${MAX_EARLIER})) or earlier
    epoch = ARGV[1]
    redis.call('HSET', position, 'epoch', epoch, 'life', ARGV[2], 'earlier', earlier)
  end
end
local function use(ttl)
  if redis.call('PTTL', position) < ttl then
    redis.call('PEXPIRE', position, ttl + ${SLACK_MS})
  end
end
`;

/**
 * Publishes. ARGV: the topic; the mode: `keep`, `count` (a position, but no history)
 * or `none` (no position); the size of the history and its lifetime in milliseconds;
 * the lifetime of an idempotency key; the entries. KEYS[3], if given, is the key with
 * the result of the first publish. Returns receivers, first offset and epoch as text.
 *
 * Subscribers receive one message, after everything is written, the key included: if
 * Redis runs out of memory, no publication may be delivered that was not stored, nor
 * delivered twice because its key was not. So the receivers in the stored result are
 * counted just before.
 */
export const PUBLISH = `
local key = KEYS[3]
if key then
  local known = redis.call('GET', key)
  if known then return known end
end
${TOP}
local topic, mode, size, ttl = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local from, count = 9, #ARGV - 8
local first, name = '0', ''
local function subscribers()
  return redis.call('PUBSUB', 'NUMSUB', topic)[2]
end
local function published(receivers)
  return receivers .. ' ' .. first .. ' ' .. name
end
if mode == 'count' and not epoch then
  -- A stream without a history begins with its first subscriber.
  if subscribers() == 0 then mode = 'skip' end
end
if mode == 'keep' or mode == 'count' then
  if not epoch then begin(ARGV[1]) end
  local last = digits(offset + count)
  first, name = count == 1 and last or digits(offset + 1), epoch
  redis.call('HSET', position, 'offset', last)
  if mode == 'keep' then
    for index = math.max(1, count - tonumber(size) + 1), count - 1 do
      redis.call('XADD', stream, digits(offset + index), 'p', ARGV[from + index - 1])
    end
    redis.call('XADD', stream, 'MAXLEN', size, last, 'p', ARGV[#ARGV])
    redis.call('PEXPIRE', stream, ttl)
    use(math.max(tonumber(ttl), tonumber(ARGV[3])))
  else
    redis.call('DEL', stream)
    use(tonumber(ARGV[3]))
  end
end
if key then
  redis.call('SET', key, published(subscribers()), 'PX', ARGV[8])
end
if mode == 'skip' then return published(0) end
return published(redis.call('PUBLISH', topic,
  name .. ' ' .. first .. '\\n' .. table.concat(ARGV, '', from)))
`;

/**
 * Reads. ARGV: the number of entries, `forward` or `backward`, and the bounds of the
 * offsets for XRANGE or XREVRANGE. Returns the epoch, the top, the earlier epochs and
 * the entries.
 */
export const READ = `
${TOP}
local limit, direction = tonumber(ARGV[4]), ARGV[5]
if not epoch then begin(ARGV[1]) end
use(tonumber(ARGV[3]))
local entries = {}
if limit > 0 then
  local command = direction == 'forward' and 'XRANGE' or 'XREVRANGE'
  entries = redis.call(command, stream, ARGV[6], ARGV[7], 'COUNT', limit)
end
return { epoch, digits(offset), redis.call('HGET', position, 'earlier') or '', entries }
`;
