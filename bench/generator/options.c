/* Options of the command line: `name=value` each, in any order but for the steps of a script. */

#include "generator.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct options options = {
    .server_core = -1,
    .generator_core = -1,
    .subscriber = {.path = "/"},
    .publisher = {.path = "/"},
    .connections = 1,
    .window = 1,
    .warmup_ms = 500,
    .measure_ms = 1000,
    .drain_ms = 10000,
};

static int number_of(const char *name, const char *value) {
  char *end;
  const long number = strtol(value, &end, 10);
  if (*value == '\0' || *end != '\0' || number < -1 || number > INT_MAX)
    fail("Cannot use %s=%s: expected a number", name, value);
  return (int)number;
}

static void add_step(struct script *script, enum step_kind kind, const char *text) {
  if (script->count == MAX_STEPS) fail("Cannot add \"%s\": a script has %d steps at most", text, MAX_STEPS);
  script->steps[script->count++] = (struct step){kind, text};
}

static bool read_script(struct script *script, const char *part, const char *value) {
  if (strcmp(part, "path") == 0) script->path = value;
  else if (strcmp(part, "send") == 0) add_step(script, SEND, value);
  else if (strcmp(part, "bytes") == 0) add_step(script, SEND_BYTES, value);
  else if (strcmp(part, "wait") == 0) add_step(script, WAIT, value);
  else return false;
  return true;
}

static bool read_text(const char *name, const char *value) {
  if (strcmp(name, "mode") == 0) options.mode = value;
  else if (strcmp(name, "message") == 0) options.message = value;
  else if (strcmp(name, "leave") == 0) options.leave = value;
  else if (strncmp(name, "subscriber.", 11) == 0) return read_script(&options.subscriber, name + 11, value);
  else if (strncmp(name, "publisher.", 10) == 0) return read_script(&options.publisher, name + 10, value);
  else return false;
  return true;
}

static bool read_number(const char *name, const char *value) {
  const struct { const char *name; int *number; } numbers[] = {
      {"port", &options.port},
      {"pid", &options.pid},
      {"server_core", &options.server_core},
      {"generator_core", &options.generator_core},
      {"connections", &options.connections},
      {"window", &options.window},
      {"warmup_ms", &options.warmup_ms},
      {"measure_ms", &options.measure_ms},
      {"drain_ms", &options.drain_ms},
  };
  for (size_t index = 0; index < sizeof numbers / sizeof *numbers; index++) {
    if (strcmp(name, numbers[index].name) != 0) continue;
    *numbers[index].number = number_of(name, value);
    return true;
  }
  if (strcmp(name, "rate") == 0) options.rate = atof(value);
  else if (strcmp(name, "hold") == 0) options.hold = number_of(name, value) == 1;
  else return false;
  return true;
}

void read_options(int count, char **arguments) {
  for (int index = 1; index < count; index++) {
    char *equals = strchr(arguments[index], '=');
    if (equals == NULL) fail("Cannot use \"%s\": expected name=value", arguments[index]);
    *equals = '\0';
    if (!read_text(arguments[index], equals + 1) && !read_number(arguments[index], equals + 1))
      fail("Cannot use \"%s\": no such option", arguments[index]);
  }
  if (options.mode == NULL) fail("Cannot run: expected mode=…");
}
