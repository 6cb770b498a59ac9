/* Many connections, opened some at a time. */

#include "generator.h"
#include <stdlib.h>

#define OPEN_TIMEOUT_MS 60000

static int ready, wanted;

static void on_ready(struct connection *connection) {
  (void)connection;
  ready++;
}

static bool are_ready(void) { return ready >= wanted; }

struct connection **open_all(int count, const struct script *script, int at_once) {
  struct connection **crowd = calloc((size_t)count, sizeof *crowd);
  if (crowd == NULL) fail("Cannot open %d connections: out of memory", count);
  void (*const before)(struct connection *) = hooks.on_ready;
  hooks.on_ready = on_ready;
  ready = 0;
  for (int opened = 0; opened < count;) {
    crowd[opened] = open_connection(opened, script);
    opened++;
    wanted = opened == count ? count : opened - at_once;
    if (!poll_until(are_ready, OPEN_TIMEOUT_MS))
      fail("Cannot open %d connections: %d were ready after a minute", count, ready);
  }
  hooks.on_ready = before;
  return crowd;
}
