/* Storms: half of a channel's clients join at once, and leave at once; the others see each of them. */

#include "generator.h"
#include <stdlib.h>
#include <stdio.h>

#define QUIET_MS 300

static int half;
static uint64_t wanted;

static void on_token(struct connection *connection, uint32_t number) {
  (void)number;
  connection->next++;
  deliveries++;
}

static bool are_delivered(void) { return deliveries >= wanted; }

static void be_quiet(void) {
  while (poll_once(QUIET_MS) > 0) {}
}

/* All clients of `crowd` send `text` at once; each of `watchers` sees `token` as often as there are clients. */
static struct reading storm(struct connection **watchers, struct connection **crowd, const char *text,
                            const char *token) {
  set_token(token, false);
  for (int index = 0; index < half; index++) watchers[index]->next = 0;
  deliveries = 0;
  wanted = (uint64_t)half * (uint64_t)half;
  const struct reading before = take_reading();
  for (int index = 0; index < half; index++) send_text(crowd[index], text);
  if (!poll_until(are_delivered, options.drain_ms))
    fail("Cannot count: %llu of %llu notices of %s arrived", (unsigned long long)deliveries,
         (unsigned long long)wanted, token);
  be_quiet();
  const struct reading after = take_reading();
  for (int index = 0; index < half; index++)
    if (watchers[index]->next != (uint32_t)half)
      fail("Cannot count: watcher %d saw %u notices of %s, and %d clients sent one", index, watchers[index]->next,
           token, half);
  return difference(before, after);
}

void run_storm(void) {
  half = options.connections / 2;
  hooks.on_token = on_token;
  set_token("\"join\"", false);
  struct connection **watchers = open_all(half, &options.subscriber, 64);
  struct connection **crowd = open_all(half, &options.publisher, 64);
  for (int index = 0; index < half; index++) crowd[index]->is_silent = true;
  be_quiet();
  const struct reading joined = storm(watchers, crowd, options.message, "\"join\"");
  const struct reading left = storm(watchers, crowd, options.leave, "\"leave\"");
  char extra[128];
  snprintf(extra, sizeof extra, ",\"joinMicros\":%.1f,\"leaveMicros\":%.1f",
           joined.server_cpu * 1e6 / half, left.server_cpu * 1e6 / half);
  struct reading both = left;
  both.seconds += joined.seconds;
  both.server_cpu += joined.server_cpu;
  both.generator_cpu += joined.generator_cpu;
  both.server_core += joined.server_core;
  both.generator_core += joined.generator_core;
  both.deliveries += joined.deliveries;
  print_result(both, extra);
}
