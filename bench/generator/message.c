/* Messages with numbers, framed for a WebSocket. */

#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *replaced(const char *text, const char *name, const char *value) {
  const char *at = strstr(text, name);
  const size_t head = at == NULL ? strlen(text) : (size_t)(at - text);
  char *result = malloc(strlen(text) + strlen(value) + 1);
  if (result == NULL) fail("Cannot make a message: out of memory");
  memcpy(result, text, head);
  result[head] = '\0';
  if (at != NULL) strcat(strcat(result, value), at + strlen(name));
  return result;
}

struct message make_message(const char *text, int index) {
  char number[16];
  snprintf(number, sizeof number, "%d", index);
  char *indexed = replaced(text, "{index}", number);
  const char *seq = strstr(indexed, "{seq}");
  const size_t digits_at = seq == NULL ? 0 : (size_t)(seq - indexed);
  char *payload = replaced(indexed, "{seq}", "00000000");
  const size_t bytes = strlen(payload), header = bytes < 126 ? 6 : 8;
  if (bytes > 65535) fail("Cannot make a message of %zu bytes: 65535 is the most", bytes);
  unsigned char *frame = calloc(1, header + bytes);
  if (frame == NULL) fail("Cannot make a message: out of memory");
  frame[0] = 0x81;
  /* The key of the mask is zero: legal, and a payload is its own masked form. */
  frame[1] = (unsigned char)(0x80 | (bytes < 126 ? bytes : 126));
  if (bytes >= 126) frame[2] = (unsigned char)(bytes >> 8), frame[3] = (unsigned char)bytes;
  memcpy(frame + header, payload, bytes);
  free(indexed);
  free(payload);
  return (struct message){(char *)frame, header + bytes, header + digits_at};
}

void number_message(const struct message *message, uint32_t number) {
  for (int digit = DIGITS - 1; digit >= 0; digit--, number /= 10)
    message->frame[message->digits_at + (size_t)digit] = (char)('0' + number % 10);
}
