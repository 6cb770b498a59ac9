/* One run of the load generator: `generator mode=fanout port=… pid=… …` */

#include "generator.h"
#include <stdio.h>
#include <string.h>

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
