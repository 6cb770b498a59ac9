/* One run of the load generator: `generator mode=fanout port=… pid=… …` */

#include "generator.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void fail(const char *format, ...) {
  char text[512];
  va_list values;
  va_start(values, format);
  vsnprintf(text, sizeof text, format, values);
  va_end(values);
  printf("{\"failure\":\"");
  for (const char *at = text; *at != '\0'; at++) {
    const unsigned char byte = (unsigned char)*at;
    if (byte == '"' || byte == '\\') printf("\\%c", byte);
    else if (byte < 0x20) printf("\\u%04x", byte);
    else putchar(byte < 0x80 ? byte : '?');
  }
  printf("\"}\n");
  fflush(stdout);
  exit(1);
}

int main(int count, char **arguments) {
  const struct { const char *name; void (*run)(void); } modes[] = {
      {"fanout", run_fanout}, {"echo", run_echo}, {"connect", run_connect},
      {"storm", run_storm},   {"http", run_http},
  };
  read_options(count, arguments);
  init_poll();
  for (size_t index = 0; index < sizeof modes / sizeof *modes; index++) {
    if (strcmp(options.mode, modes[index].name) != 0) continue;
    modes[index].run();
    while (options.hold && getchar() != EOF) {}
    return 0;
  }
  fail("Cannot run mode=%s: expected fanout, echo, connect, storm or http", options.mode);
}
