/* The end of a run that went wrong. */

#include "generator.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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
