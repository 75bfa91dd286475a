const STEP_PERCENT = 10;

/**
 * Shows how far something is, on the standard error: one line that moves on a terminal, else one
 * line for every tenth. The function it gives is told how many of how many are done.
 */
export function showProgress(what: string): (done: number, total: number) => void {
  const terminal = process.stderr.isTTY;
  let shown = -1;
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
    const step = terminal ? percent : percent - (percent % STEP_PERCENT);
    if (step === shown) return;
    shown = step;
    const line = `${what}: ${step} % (${done} of ${total})`;
    if (!terminal) process.stderr.write(`${line}\n`);
    else process.stderr.write(`\r\u001b[K${line}${percent === 100 ? '\n' : ''}`);
  };
}
