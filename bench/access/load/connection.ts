import { connect, type Socket } from 'node:net';

/** What ends an answer's head. */
const HEAD_END = '\r\n\r\n';
const STATUS_OK = 'HTTP/1.1 200 ';

/**
 * One kept-alive connection that sends ready-made requests, one after the other. It reads no more of
 * an answer than it must, so that the load costs less than what it loads.
 */
export class LoadConnection {
  readonly #socket: Socket;
  readonly #onAnswer: (body: string) => void;
  #received = '';

  /** `onAnswer` gets each body; it may send the next request. Throws on any status but 200. */
  constructor(port: number, onAnswer: (body: string) => void) {
    this.#onAnswer = onAnswer;
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    // Bytes as characters: what is counted is bytes.
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (chunk: string) => this.#read(chunk));
  }

  send(request: Buffer): void {
    this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: string): void {
    this.#received += chunk;
    const end = this.#received.indexOf(HEAD_END);
    if (end === -1) return;
    const head = this.#received.slice(0, end);
    if (!head.startsWith(STATUS_OK)) throw new Error(this.#received);
    const length = Number(/content-length: (\d+)/iu.exec(head)?.[1]);
    const from = end + HEAD_END.length;
    if (this.#received.length < from + length) return;
    const body = this.#received.slice(from, from + length);
    this.#received = '';
    this.#onAnswer(body);
  }
}
