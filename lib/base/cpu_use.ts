/** CPU time of a process, as a platform reports it; `process.cpuUsage()` fits. */

/** Numbers of microseconds. */
export interface CpuUse {
  /** Time in the program itself. */
  readonly user: number;
  /** Time in the system, on its behalf. */
  readonly system: number;
}
