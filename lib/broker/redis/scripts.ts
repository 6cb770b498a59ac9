/** What Redis does by itself, at once: the scripts behind a channel's stream. */

/** What a position lives longer than it must, so that it is not prolonged with each publication. */
const SLACK_MS = 600_000;

/**
 * Every channel has a hash with the position of its stream, and a Redis stream of
 * what is kept, whose ids are the offsets.
 *
 * | field | meaning |
 * | --- | --- |
 * | `epoch`, `offset` | the top |
 * | `life` | the life of the server in which it was last written |
 * | `before`, `base` | the life before that one, and the top when it ended |
 *
 * KEYS: position, stream. ARGV: the epoch of a stream that begins, the life of the
 * server, how long a position lives in milliseconds; what else a script needs.
 *
 * A server that was started again, or replaced by its replica, may have lost its
 * newest writes. So each life notes where the one before it seems to have ended: a
 * node that has seen more knows that offsets were given twice; see `SETTLE`.
 */
const TOP = `
local position, stream = KEYS[1], KEYS[2]
local top = redis.call('HMGET', position, 'epoch', 'offset', 'life')
local epoch, offset = top[1], tonumber(top[2])
local function begin(name)
  epoch, offset = name, 0
  redis.call('DEL', stream)
  redis.call('HSET', position, 'epoch', epoch, 'offset', 0, 'life', ARGV[2],
    'before', '', 'base', 0)
end
if epoch and top[3] ~= ARGV[2] then
  redis.call('HSET', position, 'life', ARGV[2], 'before', top[3], 'base', offset)
end
-- Of its own accord Lua writes numbers slowly, and great ones not exactly.
local function digits(number)
  return string.format('%d', number)
end
local function use(ttl)
  if redis.call('PTTL', position) < ttl then
    redis.call('PEXPIRE', position, ttl + ${SLACK_MS})
  end
end
`;

/**
 * Publishes. ARGV: the topic; where to: `keep`, `count` (a place, but nothing is
 * kept) or `none` (no place); how many are kept, for how many milliseconds; how long
 * a key is remembered; the publications. KEYS[3], if any, remembers what was
 * published under that key. Returns receivers, first offset and epoch as text.
 *
 * Subscribers get one message, after everything is written, the key included: where
 * memory is short nothing may be told that was not kept, nor told again because its
 * key was not. So what a key remembers of the receivers is counted just before.
 */
export const PUBLISH = `
local remembered = KEYS[3]
if remembered then
  local known = redis.call('GET', remembered)
  if known then return known end
end
${TOP}
local topic, place, size, ttl = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local from, count = 9, #ARGV - 8
local first, name = '0', ''
local function listeners()
  return redis.call('PUBSUB', 'NUMSUB', topic)[2]
end
local function published(heard)
  return heard .. ' ' .. first .. ' ' .. name
end
if place == 'count' and not epoch then
  -- A channel that keeps nothing begins with its first subscriber.
  if listeners() == 0 then place = 'nowhere' end
end
if place == 'keep' or place == 'count' then
  if not epoch then begin(ARGV[1]) end
  local last = digits(offset + count)
  first, name = count == 1 and last or digits(offset + 1), epoch
  redis.call('HSET', position, 'offset', last)
  if place == 'keep' then
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
if remembered then
  redis.call('SET', remembered, published(listeners()), 'PX', ARGV[8])
end
if place == 'nowhere' then return published(0) end
return published(redis.call('PUBLISH', topic,
  name .. ' ' .. first .. '\\n' .. table.concat(ARGV, '', from)))
`;

/**
 * Reads. ARGV: how many, `forward` or `backward`, and the first and the last offset
 * to begin and end at, as XRANGE and XREVRANGE take them. Returns the epoch, the top
 * and the entries.
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
return { epoch, digits(offset), entries }
`;

/**
 * Begins a stream anew whose offsets may have been given twice. ARGV: the position
 * that somebody has, and the life of the server it is from. Returns whether it did.
 */
export const SETTLE = `
${TOP}
if epoch ~= ARGV[4] then return 0 end
local was = redis.call('HMGET', position, 'before', 'base')
if was[1] == ARGV[6] and tonumber(was[2]) >= tonumber(ARGV[5]) then return 0 end
begin(ARGV[1])
use(tonumber(ARGV[3]))
return 1
`;
