/** What a number of commands took. */
export interface Measured {
  readonly commands: number;
  /** Commands per second of the clock. */
  readonly perSecond: number;
  /** Processor time of the whole process, all its threads, microseconds a command. */
  readonly cpuUs: number;
}

/** Starts both clocks; the function returned reads them. */
export function startMeasuring(): (commands: number) => Measured {
  const cpu = process.cpuUsage();
  const started = performance.now();
  return (commands) => {
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { commands, perSecond: commands / seconds, cpuUs: (user + system) / commands };
  };
}
