// A client for Marionette, the protocol Firefox itself speaks to be driven: `length:[0, id, command, parameters]` over TCP.
import { connect, type Socket } from 'node:net';
import { within } from './until.ts';

interface Waiting {
  resolve(value: { value?: unknown }): void;
  reject(error: Error): void;
}

export class Marionette {
  private readonly socket: Socket;
  private last = 0;
  private received = Buffer.alloc(0);
  private readonly waiting = new Map<number, Waiting>();

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (data) => this.receive(data as Buffer));
    socket.on('error', () => {});
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('Firefox closed the connection'));
    });
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = await new Promise<Socket>((resolve, reject) => {
      const candidate = connect(port, '127.0.0.1', () => resolve(candidate));
      candidate.once('error', reject);
    });
    return new Marionette(socket);
  }

  /** Sends a command. @throws Error with Firefox's own words */
  send(command: string, params: object = {}): Promise<{ value?: unknown }> {
    this.last += 1;
    const id = this.last;
    const message = Buffer.from(JSON.stringify([0, id, command, params]));
    const answer = new Promise<{ value?: unknown }>((resolve, reject) =>
      this.waiting.set(id, { resolve, reject }),
    );
    this.socket.write(Buffer.concat([Buffer.from(`${message.length}:`), message]));
    return within(answer, 20_000, command);
  }

  /** Runs a script body in the page; `arguments` holds `args`; a promise is awaited. */
  async run<T>(body: string, ...args: unknown[]): Promise<T> {
    const script = `const [args, answer] = [[...arguments].slice(0, -1), arguments[arguments.length - 1]];
      Promise.resolve().then(() => (async function () { ${body} }).apply(null, args))
        .then((value) => answer({ value }), (error) => answer({ error: String(error) }));`;
    const params = { script, args, sandbox: 'default', newSandbox: false };
    const { value } = await this.send('WebDriver:ExecuteAsyncScript', params);
    const result = value as { value: T; error?: string };
    if (result.error) throw new Error(result.error);
    return result.value;
  }

  /** The same in Firefox's own window, with its privileges. */
  async runInBrowser<T>(body: string, ...args: unknown[]): Promise<T> {
    return await this.inBrowser(() => this.run<T>(body, ...args));
  }

  async inBrowser<T>(act: () => Promise<T>): Promise<T> {
    await this.send('Marionette:SetContext', { value: 'chrome' });
    try {
      return await act();
    } finally {
      await this.send('Marionette:SetContext', { value: 'content' });
    }
  }

  async goto(url: string): Promise<void> {
    await this.send('WebDriver:Navigate', { url });
  }

  async element(css: string): Promise<string> {
    const { value } = await this.send('WebDriver:FindElement', { using: 'css selector', value: css });
    return String(Object.values(value as object)[0]);
  }

  async click(css: string): Promise<void> {
    await this.send('WebDriver:ElementClick', { id: await this.element(css) });
  }

  async type(css: string, text: string): Promise<void> {
    await this.send('WebDriver:ElementSendKeys', { id: await this.element(css), text });
  }

  close(): void {
    this.socket.destroy();
  }

  private receive(data: Buffer): void {
    this.received = Buffer.concat([this.received, data]);
    for (;;) {
      const colon = this.received.indexOf(':');
      if (colon < 0) return;
      const end = colon + 1 + Number(this.received.subarray(0, colon).toString());
      if (this.received.length < end) return;
      const message: unknown = JSON.parse(this.received.subarray(colon + 1, end).toString());
      this.received = this.received.subarray(end);
      if (Array.isArray(message)) this.answer(message);
    }
  }

  private answer([, id, error, result]: unknown[]): void {
    const waiting = this.waiting.get(Number(id));
    this.waiting.delete(Number(id));
    if (error) {
      const { error: kind, message } = error as { error: string; message: string };
      waiting?.reject(new Error(`${kind}: ${message}`));
    } else waiting?.resolve((result ?? {}) as { value?: unknown });
  }
}
