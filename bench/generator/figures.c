/* Times, CPU times and latencies. */

#define _GNU_SOURCE
#include "generator.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Linear inside each power of two: about 3 % precision at any size. */
#define SUB_BUCKETS 32
#define OCTAVES 32

uint64_t deliveries;
int64_t awake_ns;

static uint64_t counts[OCTAVES * SUB_BUCKETS];
static uint64_t recorded;

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

int64_t now_ns(void) { return read_clock(CLOCK_MONOTONIC); }

int64_t own_cpu_ns(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

/* CPU seconds of all threads of a process, also of those that have ended. */
static double process_cpu(int pid) {
  clockid_t clock;
  if (clock_getcpuclockid(pid, &clock) != 0) fail("Cannot read the CPU time of process %d: the server has ended", pid);
  return read_clock(clock) / 1e9;
}

/* Seconds for which a core was not idle, or was taken by the host. */
static double core_busy(int core) {
  if (core < 0) return 0;
  char name[16], line[256];
  snprintf(name, sizeof name, "cpu%d ", core);
  FILE *file = fopen("/proc/stat", "r");
  if (file == NULL) fail("Cannot read /proc/stat");
  double busy = 0;
  while (fgets(line, sizeof line, file) != NULL) {
    if (strncmp(line, name, strlen(name)) != 0) continue;
    double user, nice, system, idle, wait, irq, softirq, steal;
    if (sscanf(line, "%*s %lf %lf %lf %lf %lf %lf %lf %lf", &user, &nice, &system, &idle, &wait, &irq,
               &softirq, &steal) == 8)
      busy = (user + nice + system + irq + softirq + steal) / (double)sysconf(_SC_CLK_TCK);
  }
  fclose(file);
  return busy;
}

struct reading take_reading(void) {
  const double awake = awake_ns / 1e9;
  return (struct reading){
      .seconds = now_ns() / 1e9,
      .server_cpu = process_cpu(options.pid),
      .generator_cpu = own_cpu_ns() / 1e9 - awake,
      .server_core = core_busy(options.server_core),
      .generator_core = core_busy(options.generator_core) - awake,
      .frames = frames,
      .deliveries = deliveries,
  };
}

struct reading difference(struct reading before, struct reading after) {
  return (struct reading){
      .seconds = after.seconds - before.seconds,
      .server_cpu = after.server_cpu - before.server_cpu,
      .generator_cpu = after.generator_cpu - before.generator_cpu,
      .server_core = after.server_core - before.server_core,
      .generator_core = after.generator_core - before.generator_core,
      .frames = after.frames - before.frames,
      .deliveries = after.deliveries - before.deliveries,
  };
}

void record_latency(int64_t nanoseconds) {
  uint64_t units = nanoseconds < 0 ? 0 : (uint64_t)nanoseconds / 1000;
  size_t bucket = (size_t)units;
  if (units >= SUB_BUCKETS) {
    const int octave = 63 - __builtin_clzll(units) - 5;
    bucket = (size_t)octave * SUB_BUCKETS + (size_t)(units >> octave);
  }
  const size_t most = sizeof counts / sizeof *counts - 1;
  counts[bucket < most ? bucket : most]++;
  recorded++;
}

void reset_latency(void) {
  memset(counts, 0, sizeof counts);
  recorded = 0;
}

/* Microseconds that `share` of the latencies do not exceed: the middle of their bucket. */
static double quantile(double share) {
  uint64_t left = (uint64_t)(share * (double)recorded);
  if (left == 0) left = 1;
  for (size_t index = 0; index < sizeof counts / sizeof *counts; index++) {
    if (counts[index] < left) {
      left -= counts[index];
      continue;
    }
    if (index < 2 * SUB_BUCKETS) return (double)index;
    const size_t octave = index / SUB_BUCKETS - 1;
    const double width = (double)(1ULL << octave);
    return (double)(index - octave * SUB_BUCKETS) * width + width / 2;
  }
  return 0;
}

void print_result(struct reading measured, const char *extra) {
  printf("{\"seconds\":%.6f,\"deliveries\":%llu,\"frames\":%llu,\"serverCpu\":%.6f,"
         "\"generatorCpu\":%.6f,\"serverCore\":%.3f,\"generatorCore\":%.3f,\"latencies\":%llu,"
         "\"p50Micros\":%.0f,\"p99Micros\":%.0f%s}\n",
         measured.seconds, (unsigned long long)measured.deliveries, (unsigned long long)measured.frames,
         measured.server_cpu, measured.generator_cpu, measured.server_core, measured.generator_core,
         (unsigned long long)recorded, quantile(0.5), quantile(0.99), extra);
  fflush(stdout);
}
