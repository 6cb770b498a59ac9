/* HTTP: connections that are kept alive, each with one request at a time. */

#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>


static bool is_sending;
static uint64_t in_flight;
static uint32_t numbered;
static char *request;
static size_t request_bytes, digits_at;
static int64_t *sent_ns;

static void ask(struct connection *connection) {
  uint32_t number = numbered++;
  for (int digit = DIGITS - 1; digit >= 0; digit--, number /= 10)
    request[digits_at + (size_t)digit] = (char)('0' + number % 10);
  sent_ns[connection->index] = now_ns();
  in_flight++;
  send_bytes(connection, request, request_bytes);
}

/* Called with all that came of an answer; returns whether it is whole. */
static bool is_whole(const char *answer, size_t bytes) {
  const char *end = strstr(answer, "\r\n\r\n");
  if (end == NULL) return false;
  const char *length = strcasestr(answer, "\r\ncontent-length: ");
  if (strncmp(answer, "HTTP/1.1 200 ", 13) != 0 || length == NULL || length > end)
    fail("Cannot count an answer: got %.200s", answer);
  const size_t whole = (size_t)(end - answer) + 4 + (size_t)atol(length + 18);
  if (bytes < whole) return false;
  if (bytes > whole || strstr(end, "\"error\"") != NULL) fail("Cannot count an answer: got %.300s", answer);
  return true;
}

/* The answer is in `kept`. */
static void on_answer(struct connection *connection) {
  if (!is_whole(connection->kept, connection->kept_bytes)) return;
  connection->kept_bytes = 0;
  deliveries++;
  in_flight--;
  record_latency(read_ns - sent_ns[connection->index]);
  if (is_sending) ask(connection);
}

static bool is_drained(void) { return in_flight == 0; }

static void run_slice(struct connection **crowd, int duration_ms) {
  is_sending = true;
  for (int index = 0; index < options.connections; index++) ask(crowd[index]);
  poll_for(duration_ms);
  is_sending = false;
  if (!poll_until(is_drained, options.drain_ms))
    fail("Cannot count: %llu requests were never answered", (unsigned long long)in_flight);
}

/* `message` is a whole request. */
void run_http(void) {
  const char *seq = strstr(options.message, "{seq}");
  if (seq == NULL) fail("Cannot ask: expected {seq} in the request");
  digits_at = (size_t)(seq - options.message);
  request_bytes = strlen(options.message) - strlen("{seq}") + DIGITS;
  request = malloc(request_bytes + 1);
  sent_ns = calloc((size_t)options.connections, sizeof *sent_ns);
  if (request == NULL || sent_ns == NULL) fail("Cannot ask: out of memory");
  memcpy(request, options.message, digits_at);
  strcpy(request + digits_at + DIGITS, seq + strlen("{seq}"));
  struct connection **crowd = open_all(options.connections, NULL, 64);
  hooks.on_read = on_answer;
  run_slice(crowd, options.warmup_ms);
  reset_latency();
  const struct reading before = take_reading();
  run_slice(crowd, options.measure_ms);
  print_result(difference(before, take_reading()), "");
}
