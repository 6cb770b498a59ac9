/* Search for a token in payloads that may be cut anywhere. */

#include "generator.h"
#include <string.h>

static const char *token = "~";
static size_t token_bytes = 1;
static size_t digits = DIGITS;

void set_token(const char *text, bool is_numbered) {
  token = text;
  token_bytes = strlen(text);
  digits = is_numbered ? DIGITS : 0;
  if (token_bytes == 0 || token_bytes > MAX_TOKEN)
    fail("Cannot search for \"%s\": expected 1 to %d bytes", text, MAX_TOKEN);
}

/* Eight digits at once: each step adds neighbours of twice the width. */
static uint32_t parse_number(const unsigned char *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  uint64_t digit_values = value - 0x3030303030303030u;
  if (((digit_values | (digit_values + 0x0606060606060606u)) & 0xf0f0f0f0f0f0f0f0u) != 0)
    fail("Cannot read a number: got \"%.8s\", expected eight digits", (const char *)bytes);
  value = (digit_values * 2561) >> 8;
  value = ((value & 0x00ff00ff00ff00ffu) * 6553601) >> 16;
  value = (value & 0x0000ffff0000ffffu) * 42949672960001u;
  return (uint32_t)(value >> 32);
}

/* Reports the tokens that begin before `limit`. */
static void find(struct connection *connection, const unsigned char *bytes, size_t length,
                 size_t limit) {
  const size_t whole = token_bytes + digits;
  const unsigned char *at = bytes, *end = bytes + length;
  while (at < bytes + limit) {
    at = memchr(at, token[0], (size_t)(bytes + limit - at));
    if (at == NULL || (size_t)(end - at) < whole) return;
    if (memcmp(at, token, token_bytes) != 0) {
      at++;
      continue;
    }
    hooks.on_token(connection, digits == 0 ? 0 : parse_number(at + token_bytes));
    at += whole;
  }
}

void search(struct connection *connection, const unsigned char *bytes, size_t length) {
  const size_t kept = token_bytes + digits - 1;
  const size_t carried = (size_t)connection->carry_bytes;
  unsigned char joint[2 * CARRY];
  size_t joint_bytes = carried;
  if (carried > 0) {
    const size_t taken = length < kept ? length : kept;
    memcpy(joint, connection->carry, carried);
    memcpy(joint + carried, bytes, taken);
    joint_bytes = carried + taken;
    find(connection, joint, joint_bytes, carried);
  }
  find(connection, bytes, length, length);
  /* A token that was reported is longer than what is kept. */
  if (length >= kept) {
    memcpy(connection->carry, bytes + length - kept, kept);
    connection->carry_bytes = (int)kept;
  } else {
    if (carried == 0) memcpy(joint, bytes, length), joint_bytes = length;
    const size_t dropped = joint_bytes > kept ? joint_bytes - kept : 0;
    memcpy(connection->carry, joint + dropped, joint_bytes - dropped);
    connection->carry_bytes = (int)(joint_bytes - dropped);
  }
}
