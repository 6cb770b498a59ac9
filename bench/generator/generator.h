/* A load generator for WebSocket and HTTP servers on loopback: one thread, one
 * run, one line of JSON with what the run gave. */

#ifndef GENERATOR_H
#define GENERATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MAX_STEPS 8
#define MAX_TOKEN 24
#define DIGITS 8
#define CARRY (MAX_TOKEN + DIGITS)

/* Ends the run with {"failure": …}: a wrong figure would be worse. */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2), noreturn));

/* ── options ─────────────────────────────────────────────────────────────── */

/* Sends a text or the same as bytes, or waits for a frame that contains it. */
enum step_kind { SEND, SEND_BYTES, WAIT };

struct step {
  enum step_kind kind;
  const char *text;
};

/* A path, and what is said on it before a connection is ready. */
struct script {
  const char *path;
  struct step steps[MAX_STEPS];
  int count;
};

struct options {
  const char *mode;
  int port;
  int pid; /* of the server */
  int server_core, generator_core; /* -1 where nothing is pinned */
  struct script subscriber, publisher;
  const char *message; /* {seq} and {index} are replaced */
  const char *leave; /* of a storm: the text that undoes the message */
  int connections;
  int window; /* messages in flight */
  double rate; /* messages per second, instead of a window */
  int warmup_ms, measure_ms;
  int drain_ms; /* how long the last messages may take */
  bool hold; /* keeps the connections until the standard input ends */
};

extern struct options options;

void read_options(int count, char **arguments);

/* ── connections ─────────────────────────────────────────────────────────── */

enum state { CONNECTING, UPGRADING, IN_SCRIPT, READY, CLOSED };

struct connection {
  int fd;
  int index;
  enum state state;
  const struct script *script;
  int step;
  /* The frame that is being read. */
  unsigned char header[10];
  int header_bytes;
  bool in_payload, is_control;
  uint64_t left;
  /* What arrived before it is ready. */
  char *kept;
  size_t kept_bytes;
  /* The end of a payload in which a token may begin. */
  unsigned char carry[CARRY];
  int carry_bytes;
  bool is_silent; /* what arrives is not searched */
  /* Numbers sent, and the one expected next. */
  uint32_t sent, next;
  /* What the socket has not taken yet. */
  char *out;
  size_t out_bytes, out_room;
};

/* What a mode wants to know; a hook may be NULL. */
struct hooks {
  void (*on_ready)(struct connection *connection);
  void (*on_token)(struct connection *connection, uint32_t number);
  void (*on_read)(struct connection *connection); /* after each read */
};

extern struct hooks hooks;
extern uint64_t frames; /* data frames that arrived at searched connections */
extern int64_t read_ns; /* when the last read returned */

struct connection *open_connection(int index, const struct script *script);
void send_text(struct connection *connection, const char *text);
void send_binary(struct connection *connection, const char *bytes);
void send_bytes(struct connection *connection, const void *bytes, size_t length);
void close_connection(struct connection *connection);
/* Handles what is ready, waiting up to `wait_ms`; returns the number of events. */
int poll_once(int wait_ms);
/* Runs until `is_done` or `timeout_ms`; returns whether it was done. */
bool poll_until(bool (*is_done)(void), int timeout_ms);
void poll_for(int duration_ms);
void watch(int fd); /* a descriptor whose readiness only ends a wait */
void init_poll(void);

/* Opens `count` connections, `at_once` at a time, and waits until all are ready. */
struct connection **open_all(int count, const struct script *script, int at_once);

/* ── messages ────────────────────────────────────────────────────────────── */

struct message {
  char *frame;
  size_t bytes, digits_at;
};

/* Encodes a masked text frame; `index` replaces {index}, and zeros {seq}. */
struct message make_message(const char *text, int index);
void number_message(const struct message *message, uint32_t number);

/* ── search ──────────────────────────────────────────────────────────────── */

/* Looks for `token`, followed by a number of eight digits if `is_numbered`. */
void set_token(const char *token, bool is_numbered);
void search(struct connection *connection, const unsigned char *bytes, size_t length);

/* ── figures ─────────────────────────────────────────────────────────────── */

int64_t now_ns(void);
int64_t own_cpu_ns(void); /* of the generator */

/* Counters at one moment, or the difference between two. */
struct reading {
  double seconds, server_cpu, generator_cpu, server_core, generator_core;
  uint64_t frames, deliveries;
};

extern uint64_t deliveries;
extern int64_t awake_ns; /* CPU time of waits, which is not counted as used */

struct reading take_reading(void);
struct reading difference(struct reading before, struct reading after);
void record_latency(int64_t nanoseconds);
void reset_latency(void);
void print_result(struct reading measured, const char *extra);

/* ── modes ───────────────────────────────────────────────────────────────── */

void run_fanout(void);
void run_echo(void);
void run_connect(void);
void run_storm(void);
void run_http(void);

#endif
