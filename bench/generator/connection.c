/* WebSocket clients in one epoll loop, which read headers and search payloads. */

#define _GNU_SOURCE
#include "generator.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_KEPT 65536
#define MAX_EVENTS 512

struct hooks hooks;
uint64_t frames;
int64_t read_ns;

static int poll_fd;
static unsigned char buffer[1 << 18];

void init_poll(void) {
  poll_fd = epoll_create1(0);
  if (poll_fd < 0) fail("Cannot poll: %s", strerror(errno));
}

static void poll_for_events(const struct connection *connection, int action, uint32_t events) {
  /* Edges only: a socket that was read empty is not asked again. */
  struct epoll_event event = {.events = events | EPOLLET, .data.ptr = (void *)connection};
  if (epoll_ctl(poll_fd, action, connection->fd, &event) != 0) fail("Cannot poll: %s", strerror(errno));
}

void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
  if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event) != 0) fail("Cannot poll: %s", strerror(errno));
}

struct connection *open_connection(int index, const struct script *script) {
  struct connection *connection = calloc(1, sizeof *connection);
  if (connection == NULL) fail("Cannot open connection %d: out of memory", index);
  connection->index = index;
  connection->script = script;
  connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (connection->fd < 0) fail("Cannot open connection %d: %s", index, strerror(errno));
  const int on = 1;
  setsockopt(connection->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)options.port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(connection->fd, (struct sockaddr *)&address, sizeof address) != 0 && errno != EINPROGRESS)
    fail("Cannot connect to port %d: %s", options.port, strerror(errno));
  poll_for_events(connection, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
  return connection;
}

void close_connection(struct connection *connection) {
  connection->state = CLOSED;
  close(connection->fd);
}

/* ── writing ─────────────────────────────────────────────────────────────── */

static void flush(struct connection *connection) {
  const ssize_t sent = send(connection->fd, connection->out, connection->out_bytes, MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) fail("Cannot write to connection %d: %s", connection->index, strerror(errno));
  if (sent <= 0) return;
  connection->out_bytes -= (size_t)sent;
  memmove(connection->out, connection->out + sent, connection->out_bytes);
  if (connection->out_bytes == 0) poll_for_events(connection, EPOLL_CTL_MOD, EPOLLIN);
}

void send_bytes(struct connection *connection, const void *bytes, size_t length) {
  size_t taken = 0;
  if (connection->out_bytes == 0) {
    const ssize_t sent = send(connection->fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) fail("Cannot write to connection %d: %s", connection->index, strerror(errno));
    taken = sent < 0 ? 0 : (size_t)sent;
    if (taken == length) return;
    poll_for_events(connection, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
  }
  const size_t needed = connection->out_bytes + length - taken;
  if (needed > connection->out_room) {
    connection->out_room = needed * 2;
    connection->out = realloc(connection->out, connection->out_room);
    if (connection->out == NULL) fail("Cannot write: out of memory");
  }
  memcpy(connection->out + connection->out_bytes, (const char *)bytes + taken, length - taken);
  connection->out_bytes = needed;
}

static void send_frame(struct connection *connection, const char *payload, unsigned char opcode) {
  const struct message message = make_message(payload, connection->index);
  message.frame[0] = 0x80 | opcode;
  send_bytes(connection, message.frame, message.bytes);
  free(message.frame);
}

void send_text(struct connection *connection, const char *text) {
  send_frame(connection, text, 1);
}

void send_binary(struct connection *connection, const char *bytes) {
  send_frame(connection, bytes, 2);
}

/* ── before it is ready ──────────────────────────────────────────────────── */

static void be_ready(struct connection *connection) {
  connection->state = READY;
  free(connection->kept);
  connection->kept = NULL;
  connection->kept_bytes = 0;
  if (hooks.on_ready != NULL) hooks.on_ready(connection);
}

/* Says what can be said until something has to be waited for. */
static void go_on(struct connection *connection) {
  while (connection->step < connection->script->count) {
    const struct step *step = &connection->script->steps[connection->step];
    if (step->kind == WAIT) return;
    connection->step++;
    if (step->kind == SEND) send_text(connection, step->text);
    else send_binary(connection, step->text);
  }
  be_ready(connection);
}

static void keep(struct connection *connection, const unsigned char *bytes, size_t length) {
  if (connection->kept == NULL) connection->kept = malloc(MAX_KEPT + 1);
  if (connection->kept == NULL || connection->kept_bytes + length > MAX_KEPT)
    fail("Cannot keep what connection %d got: more than %d bytes", connection->index, MAX_KEPT);
  memcpy(connection->kept + connection->kept_bytes, bytes, length);
  connection->kept_bytes += length;
  connection->kept[connection->kept_bytes] = '\0';
}

/* Without a script there is nothing but HTTP, and all that arrives is kept. */
static void on_connected(struct connection *connection) {
  poll_for_events(connection, EPOLL_CTL_MOD, EPOLLIN);
  if (connection->script == NULL) return be_ready(connection);
  char request[1024];
  const int bytes = snprintf(request, sizeof request,
                             "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\n"
                             "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                             "Sec-WebSocket-Version: 13\r\n\r\n",
                             connection->script->path, options.port);
  connection->state = UPGRADING;
  send_bytes(connection, request, (size_t)bytes);
}

/* Returns how many of the bytes belong to the head of the answer. */
static size_t take_head(struct connection *connection, const unsigned char *bytes, size_t length) {
  const size_t before = connection->kept_bytes;
  keep(connection, bytes, length);
  const char *end = strstr(connection->kept, "\r\n\r\n");
  if (end == NULL) return length;
  if (strncmp(connection->kept, "HTTP/1.1 101 ", 13) != 0 ||
      strstr(connection->kept, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") == NULL)
    fail("Cannot upgrade %s: answered %.60s", connection->script->path, connection->kept);
  const size_t head = (size_t)(end - connection->kept) + 4 - before;
  connection->kept_bytes = 0;
  connection->state = IN_SCRIPT;
  go_on(connection);
  return head;
}

/* ── frames ──────────────────────────────────────────────────────────────── */

static int header_size(const struct connection *connection) {
  if (connection->header_bytes < 2) return 2;
  const unsigned char length = connection->header[1];
  if (length & 0x80) fail("Cannot read a frame of connection %d: the server masked it", connection->index);
  return length < 126 ? 2 : length == 126 ? 4 : 10;
}

static void on_frame_begin(struct connection *connection) {
  const unsigned char first = connection->header[0];
  connection->left = connection->header[1];
  if (connection->left >= 126) {
    connection->left = 0;
    for (int at = 2; at < connection->header_bytes; at++)
      connection->left = connection->left << 8 | connection->header[at];
  }
  connection->header_bytes = 0;
  connection->carry_bytes = 0;
  connection->kept_bytes = 0;
  connection->in_payload = true;
  connection->is_control = first != 0x81 && first != 0x82;
  if (connection->is_control && first != 0x88 && first != 0x89)
    fail("Cannot read a frame of connection %d: got first byte 0x%02x, expected a text", connection->index, first);
}

static void on_frame_end(struct connection *connection) {
  connection->in_payload = false;
  if (connection->is_control) {
    if (connection->header[0] == 0x89) return; /* a ping: no run is long enough to answer */
    const unsigned char *code = (const unsigned char *)connection->kept;
    fail("Cannot go on: the server closed connection %d with %d \"%s\"", connection->index,
         connection->kept_bytes < 2 ? 0 : code[0] << 8 | code[1], connection->kept_bytes < 2 ? "" : connection->kept + 2);
  }
  if (connection->state == READY) {
    if (!connection->is_silent) frames++;
    return;
  }
  const struct step *step = &connection->script->steps[connection->step];
  const bool is_awaited = connection->kept != NULL && strstr(connection->kept, step->text) != NULL;
  connection->kept_bytes = 0;
  if (!is_awaited) return;
  connection->step++;
  go_on(connection);
}

static void take(struct connection *connection, const unsigned char *bytes, size_t length) {
  if (connection->state == UPGRADING) {
    const size_t head = take_head(connection, bytes, length);
    bytes += head;
    length -= head;
  }
  while (length > 0) {
    if (!connection->in_payload) {
      connection->header[connection->header_bytes++] = *bytes++;
      length--;
      if (connection->header_bytes < header_size(connection)) continue;
      on_frame_begin(connection);
    }
    const size_t taken = connection->left < length ? (size_t)connection->left : length;
    if (connection->state != READY || connection->is_control) keep(connection, bytes, taken);
    else if (!connection->is_silent) search(connection, bytes, taken);
    bytes += taken;
    length -= taken;
    connection->left -= taken;
    if (connection->left == 0) on_frame_end(connection);
  }
}

/* ── the loop ────────────────────────────────────────────────────────────── */

/* Returns whether there may be more. */
static bool read_some(struct connection *connection) {
  const ssize_t count = recv(connection->fd, buffer, sizeof buffer, 0);
  if (count < 0 && errno == EAGAIN) return false;
  if (count <= 0)
    fail("Cannot go on: the server ended connection %d%s%s", connection->index, count < 0 ? ": " : "",
         count < 0 ? strerror(errno) : "");
  read_ns = now_ns();
  if (connection->script == NULL) keep(connection, buffer, (size_t)count);
  else take(connection, buffer, (size_t)count);
  if (hooks.on_read != NULL && connection->state == READY) hooks.on_read(connection);
  return count == sizeof buffer;
}

/*
 * Waits, on a core of its own awake: the server pays for waking a generator that sleeps, the more often the
 * faster the generator is. At a rate it sleeps as clients do.
 */
static int wait_for_events(struct epoll_event *events, int wait_ms) {
  if (options.generator_core < 0 || options.rate > 0) return epoll_wait(poll_fd, events, MAX_EVENTS, wait_ms);
  int count = epoll_wait(poll_fd, events, MAX_EVENTS, 0);
  if (count != 0) return count;
  const int64_t end = now_ns() + wait_ms * 1000000LL, before = own_cpu_ns();
  while (count == 0 && now_ns() < end) count = epoll_wait(poll_fd, events, MAX_EVENTS, 0);
  awake_ns += own_cpu_ns() - before;
  return count;
}

int poll_once(int wait_ms) {
  struct epoll_event events[MAX_EVENTS];
  const int count = wait_for_events(events, wait_ms);
  if (count < 0 && errno != EINTR) fail("Cannot poll: %s", strerror(errno));
  for (int index = 0; index < count; index++) {
    struct connection *connection = events[index].data.ptr;
    if (connection == NULL) continue;
    if (connection->state == CLOSED) continue;
    if (events[index].events & EPOLLOUT) {
      if (connection->state == CONNECTING) on_connected(connection);
      else if (connection->out_bytes > 0) flush(connection);
    }
    if (events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
      while (connection->state != CLOSED && read_some(connection)) {}
  }
  return count;
}

bool poll_until(bool (*is_done)(void), int timeout_ms) {
  const int64_t end = now_ns() + timeout_ms * 1000000LL;
  while (!is_done()) {
    const int64_t left = (end - now_ns()) / 1000000;
    if (left <= 0) return false;
    poll_once(left > 100 ? 100 : (int)left);
  }
  return true;
}

static bool never(void) { return false; }

void poll_for(int duration_ms) { poll_until(never, duration_ms); }
