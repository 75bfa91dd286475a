import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from '../../../src/commands/protocol';
import type { Acknowledged, Admin, ChildStart, FromChild } from './child-messages';

const PRELOAD = join(__dirname, '..', 'run-typescript.cjs');
const CHILD = join(__dirname, 'writer-child.ts');

const SILENCE_MS = 5_000;

/** A child that could not begin: what it said. */
export class ChildFailed extends Error {
  override readonly name = 'ChildFailed';
}

/** A writer in a process of its own. */
export class ChildProcess {
  /** Everything it acknowledged so far. */
  readonly acknowledged: Acknowledged[] = [];
  /** The commands that it has not answered yet, by their correlation ids. */
  readonly unanswered = new Map<string, Command>();
  /** Commands that it answered otherwise. */
  readonly notDone: Extract<FromChild, { kind: 'NOT_DONE' }>[] = [];
  readonly #process;
  readonly #ended: Promise<unknown>;
  readonly #said: string[] = [];
  #hear: (message: FromChild) => void = () => undefined;

  private constructor(start: ChildStart) {
    this.#process = spawn(process.execPath, ['--require', PRELOAD, CHILD, JSON.stringify(start)], {
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // 'close' comes once its output was read to the end: also what it said just before a kill.
    this.#ended = once(this.#process, 'close');
    this.#process.stderr.setEncoding('utf8').on('data', (text: string) => this.#said.push(text));
    createInterface(this.#process.stdout).on('line', (line) => {
      this.#take(JSON.parse(line) as FromChild);
    });
  }

  /** Starts a child and resolves once it is ready for commands. Throws ChildFailed. */
  static async start(start: ChildStart): Promise<{ child: ChildProcess; admin: Admin }> {
    const child = new ChildProcess(start);
    return { child, admin: (await child.#unlessEnded(child.#next('READY'))).admin };
  }

  /** Lets it begin to work; resolves at its first acknowledgement. Throws ChildFailed. */
  async begin(): Promise<void> {
    const first = this.#next('ACKNOWLEDGED');
    this.#process.stdin.write('\n');
    await this.#unlessEnded(first);
  }

  /**
   * Resolves once it has answered that a command was not carried out, has ended, or has long said
   * nothing: outcomes whose views cannot be written are owed, and whoever waits for them sends no
   * more.
   */
  async refuses(): Promise<void> {
    if (this.notDone.length > 0) return;
    const silence = new AbortController();
    const quiet = delay(SILENCE_MS, undefined, { signal: silence.signal }).catch(() => undefined);
    await Promise.race([this.#next('NOT_DONE'), this.#ended, quiet]);
    silence.abort();
  }

  /** SIGKILL; resolves once it is gone and everything that it said was heard. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }

  async #unlessEnded<T>(message: Promise<T>): Promise<T> {
    const ended = this.#ended.then((): never => {
      throw new ChildFailed(this.#said.join('\n'));
    });
    return Promise.race([message, ended]);
  }

  #next<K extends FromChild['kind']>(kind: K): Promise<Extract<FromChild, { kind: K }>> {
    return new Promise((resolve) => {
      this.#hear = (message) => {
        if (message.kind === kind) resolve(message as Extract<FromChild, { kind: K }>);
      };
    });
  }

  #take(message: FromChild): void {
    switch (message.kind) {
      case 'ASKED':
        this.unanswered.set(message.command.correlationId, message.command);
        break;
      case 'ACKNOWLEDGED':
        this.unanswered.delete(message.correlationId);
        this.acknowledged.push(message);
        break;
      case 'NOT_DONE':
        this.notDone.push(message);
        break;
      case 'LOG':
      case 'FAILED':
        this.#said.push(message.text);
        break;
      case 'READY':
        break;
    }
    this.#hear(message);
  }
}
