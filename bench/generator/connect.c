/* Connect: connections that open and say what their script has, so many at a time. */

#include "generator.h"
#include <stdlib.h>

#define CONNECT_TIMEOUT_MS 60000

static int opened, ready, wanted, total;

static void open_next(void) {
  if (opened < total) open_connection(opened++, &options.subscriber);
}

static void on_ready(struct connection *connection) {
  connection->is_silent = true;
  ready++;
  deliveries++;
  open_next();
}

static bool are_ready(void) { return ready >= wanted; }

static void wait_for(int count) {
  wanted = count;
  if (!poll_until(are_ready, CONNECT_TIMEOUT_MS))
    fail("Cannot connect: %d of %d connections were ready after %d s", ready, total, CONNECT_TIMEOUT_MS / 1000);
}

/* A tenth of the connections warm up and are not measured. */
void run_connect(void) {
  hooks.on_ready = on_ready;
  total = options.connections;
  while (opened < options.window && opened < total) open_next();
  wait_for(total / 10);
  const struct reading before = take_reading();
  wait_for(total);
  print_result(difference(before, take_reading()), "");
}
