/* Echo: each connection keeps a window of messages to itself in flight. */

#include "generator.h"
#include <stdlib.h>
#include <string.h>

#define SAMPLED 16

static struct connection **crowd;
static struct message *messages;
static int64_t *sample_ns; /* when each connection's last timed message was sent */
static bool is_sending;
static uint64_t in_flight;

static void send_some(struct connection *connection, uint32_t count) {
  const struct message *message = &messages[connection->index];
  char burst[1 << 16];
  size_t bytes = 0;
  for (; count > 0; count--) {
    if (connection->sent % SAMPLED == 0) sample_ns[connection->index] = now_ns();
    number_message(message, connection->sent++);
    if (bytes + message->bytes > sizeof burst) send_bytes(connection, burst, bytes), bytes = 0;
    memcpy(burst + bytes, message->frame, message->bytes);
    bytes += message->bytes;
    in_flight++;
  }
  send_bytes(connection, burst, bytes);
}

static void on_token(struct connection *connection, uint32_t number) {
  if (number != connection->next || number >= connection->sent)
    fail("Cannot count: connection %d got message %u back, and message %u was due", connection->index, number,
         connection->next);
  connection->next++;
  deliveries++;
  in_flight--;
  if (number % SAMPLED == 0) record_latency(read_ns - sample_ns[connection->index]);
}

static void on_read(struct connection *connection) {
  const uint32_t in_window = connection->sent - connection->next;
  if (is_sending && in_window < (uint32_t)options.window) send_some(connection, (uint32_t)options.window - in_window);
}

static bool is_drained(void) { return in_flight == 0; }

static void run_slice(int duration_ms) {
  is_sending = true;
  for (int index = 0; index < options.connections; index++) on_read(crowd[index]);
  poll_for(duration_ms);
  is_sending = false;
  if (!poll_until(is_drained, options.drain_ms))
    fail("Cannot count: %llu messages never came back", (unsigned long long)in_flight);
}

void run_echo(void) {
  set_token("~", true);
  hooks.on_token = on_token;
  crowd = open_all(options.connections, &options.subscriber, 64);
  messages = calloc((size_t)options.connections, sizeof *messages);
  sample_ns = calloc((size_t)options.connections, sizeof *sample_ns);
  if (messages == NULL || sample_ns == NULL || options.window > SAMPLED) fail("Cannot echo: expected a window of 1 to %d", SAMPLED);
  for (int index = 0; index < options.connections; index++)
    messages[index] = make_message(options.message, index);
  hooks.on_read = on_read;
  run_slice(options.warmup_ms);
  reset_latency();
  const struct reading before = take_reading();
  run_slice(options.measure_ms);
  print_result(difference(before, take_reading()), "");
}
