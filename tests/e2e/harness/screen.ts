// A display of its own with a window manager, a real mouse and a real keyboard.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { until } from './until.ts';

/** The extension's icon, which is found on the screen by it. */
export const ICON_COLOUR: Colour = [0x0e, 0x8f, 0xa8];
// Colour management moves a colour by some units between the file and the screen.
const TOLERANCE = 10;

export type Colour = readonly [number, number, number];
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
export interface Point {
  x: number;
  y: number;
}

export interface Screen {
  env: NodeJS.ProcessEnv;
  width: number;
  height: number;
  /** Runs xdotool with these words. */
  act(...words: (string | number)[]): void;
  screenshot(file: string): void;
  /** Middle of the area of a colour inside a box. */
  findColour(colour: Colour, box?: Box): Point | undefined;
  close(): void;
}

async function startDisplay(
  width: number,
  height: number,
): Promise<{ server: ChildProcess; display: string }> {
  // With -displayfd the server chooses a free number and says it on that descriptor.
  const server = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  let failure = '';
  server.on('error', (error) => {
    failure = error.message;
  });
  const pipe = server.stdio[3];
  if (pipe instanceof Readable) pipe.on('data', (data: Buffer) => (said += data.toString()));
  const number = await until(
    'Xvfb',
    () => {
      if (failure || server.exitCode !== null) return 'failed';
      return said.includes('\n') && said.trim();
    },
    { limitMs: 20_000 },
  );
  if (number === 'failed') throw new Error(`Xvfb did not start: ${failure}`);
  return { server, display: `:${number}` };
}

/** Starts Xvfb and openbox. Close it in a finally: it outlives this process otherwise. */
export async function openScreen(width = 1280, height = 800): Promise<Screen> {
  const { server, display } = await startDisplay(width, height);
  const env = { ...process.env, DISPLAY: display };
  const manager = spawn('openbox', [], { env, stdio: 'ignore' });
  const close = () => {
    manager.kill();
    server.kill();
  };
  process.once('exit', close);
  const run = (program: string, words: string[]) =>
    execFileSync(program, words, {
      env,
      maxBuffer: 1 << 26,
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const screen: Screen = {
    env,
    width,
    height,
    act: (...words) => {
      run('xdotool', words.map(String));
    },
    screenshot: (file) => {
      run('import', ['-window', 'root', file]);
    },
    findColour: (colour, box = { x: 0, y: 0, width, height }) =>
      middleOf(run('import', ['-window', 'root', '-depth', '8', 'rgb:-']), width, colour, box),
    close,
  };
  try {
    await until('openbox', () => {
      // The window manager has said its name on the root window as soon as it manages.
      run('xdotool', ['get_num_desktops']);
      return true;
    });
    return screen;
  } catch (error) {
    close();
    throw error;
  }
}

function middleOf(pixels: Buffer, stride: number, colour: Colour, box: Box): Point | undefined {
  let sumX = 0;
  let sumY = 0;
  let count = 0;
  for (let y = Math.max(0, Math.round(box.y)); y < box.y + box.height; y += 1) {
    for (let x = Math.max(0, Math.round(box.x)); x < box.x + box.width; x += 1) {
      const at = (y * stride + x) * 3;
      if (colour.every((value, index) => Math.abs((pixels[at + index] ?? -99) - value) <= TOLERANCE)) {
        sumX += x;
        sumY += y;
        count += 1;
      }
    }
  }
  // A few stray pixels are text or a shadow, not an icon.
  return count < 12 ? undefined : { x: Math.round(sumX / count), y: Math.round(sumY / count) };
}
