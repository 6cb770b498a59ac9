/* Fan-out: a publisher keeps a window of messages to all subscribers in flight, or sends at a rate. */

#define _GNU_SOURCE
#include "generator.h"
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define SETTLE_MS 200
#define RING 65536 /* messages in flight at most */
#define SAMPLED 16 /* one message in so many is timed, where a window is in flight */

static struct connection *publisher;
static struct message message;
static uint32_t sent, complete;
static uint32_t arrivals[RING];
static int64_t sent_ns[RING];
static int64_t next_ns; /* when the next message is due, at a rate */

static void publish(uint32_t count, int64_t due_ns) {
  static char burst[1 << 16];
  size_t bytes = 0;
  for (; count > 0; count--) {
    if (sent - complete == RING) fail("Cannot publish: %d messages wait for their subscribers", RING);
    arrivals[sent % RING] = 0;
    sent_ns[sent % RING] = due_ns;
    number_message(&message, sent++);
    if (bytes + message.bytes > sizeof burst) send_bytes(publisher, burst, bytes), bytes = 0;
    memcpy(burst + bytes, message.frame, message.bytes);
    bytes += message.bytes;
  }
  send_bytes(publisher, burst, bytes);
}

static void on_token(struct connection *connection, uint32_t number) {
  if (number != connection->next || number >= sent)
    fail("Cannot count: subscriber %d got message %u, and message %u was due", connection->index, number,
         connection->next);
  connection->next++;
  deliveries++;
  if (options.rate > 0 || number % SAMPLED == 0) record_latency(read_ns - sent_ns[number % RING]);
  if (++arrivals[number % RING] == (uint32_t)options.connections) complete++;
}

/* Waits until the next message is due; a timer is finer than the milliseconds of a poll. */
static void pace(int timer) {
  const int64_t now = now_ns();
  while (next_ns <= now) {
    publish(1, next_ns);
    next_ns += (int64_t)(1e9 / options.rate);
  }
  struct itimerspec due = {.it_value = {next_ns / 1000000000, next_ns % 1000000000}};
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &due, NULL);
}

static bool is_drained(void) { return complete == sent; }

static void drain(void) {
  if (poll_until(is_drained, options.drain_ms)) return;
  fail("Cannot count: message %u arrived at %u of %d subscribers within %d ms", complete, arrivals[complete % RING],
       options.connections, options.drain_ms);
}

/* From the first message sent to the last one delivered: all their cost is counted, or none. */
static void run_slice(int duration_ms) {
  static int timer = -1;
  if (timer < 0) watch(timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK));
  const int64_t end = now_ns() + duration_ms * 1000000LL;
  next_ns = now_ns();
  if (options.rate <= 0) publish((uint32_t)options.window, now_ns());
  for (int64_t now; (now = now_ns()) < end;) {
    if (options.rate > 0) pace(timer);
    const uint32_t before = complete;
    poll_once((int)((end - now) / 1000000) + 1);
    if (options.rate <= 0 && complete > before) publish(complete - before, now_ns());
  }
  struct itimerspec never = {0};
  timerfd_settime(timer, 0, &never, NULL);
  drain();
}

void run_fanout(void) {
  set_token("~", true);
  hooks.on_token = on_token;
  open_all(options.connections, &options.subscriber, 64);
  publisher = *open_all(1, &options.publisher, 1);
  publisher->is_silent = true;
  message = make_message(options.message, 0);
  poll_for(SETTLE_MS);
  run_slice(options.warmup_ms);
  reset_latency();
  const struct reading before = take_reading();
  run_slice(options.measure_ms);
  print_result(difference(before, take_reading()), "");
}
