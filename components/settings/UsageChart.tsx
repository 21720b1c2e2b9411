import { amountOf, type Bar, type Measure } from '../../lib/options/usage.ts';
import { moneyWords } from '../../lib/usage/words.ts';
import { writeDate, writeNumber } from '../../lib/words/formats.ts';
import { say } from '../../lib/words/say.ts';

const HEIGHT = 100;
/** Of a bar's place; the rest is room. */
const FILLED = 0.8;

/** A bar, with what is measured of it. */
interface Sum {
  bar: Bar;
  chat: number;
  translation: number;
}

/** Bars by day or week, chat below and translation on top; the same numbers as a table for whoever does not see them. */
export function UsageChart({ bars, measure }: { bars: readonly Bar[]; measure: Measure }) {
  const sums = bars.map((bar) => ({
    bar,
    chat: amountOf(bar.chat, measure),
    translation: amountOf(bar.translation, measure),
  }));
  const highest = Math.max(...sums.map(({ chat, translation }) => chat + translation));
  const first = bars[0];
  const last = bars.at(-1);
  return (
    <figure class="usage-chart">
      <figcaption>
        <span class="chat-key">{say('chat')}</span> <span class="translation-key">{say('translation')}</span>
        <span class="highest">
          {highest > 0 ? say('highest', amountWords(highest, measure)) : say('noPrice')}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${bars.length} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        {sums.map((sum, index) => (
          <Place
            key={sum.bar.from}
            sum={sum}
            x={index}
            scale={highest > 0 ? HEIGHT / highest : 0}
            measure={measure}
          />
        ))}
      </svg>
      {first && last && (
        <p class="usage-ends" aria-hidden="true">
          <span>{dayName(first.from)}</span>
          <span>{dayName(last.to)}</span>
        </p>
      )}
      <DayTable sums={sums} measure={measure} />
    </figure>
  );
}

interface PlaceProps {
  sum: Sum;
  x: number;
  scale: number;
  measure: Measure;
}

function Place({ sum: { bar, chat, translation }, x, scale, measure }: PlaceProps) {
  const inset = x + (1 - FILLED) / 2;
  const top = HEIGHT - (chat + translation) * scale;
  return (
    <g>
      <title>{say('labelled', dayWords(bar), amountWords(chat + translation, measure))}</title>
      {/* Empty days say their name too. */}
      <rect class="place" x={x} y={0} width={1} height={HEIGHT} />
      <rect class="chat-bar" x={inset} y={HEIGHT - chat * scale} width={FILLED} height={chat * scale} />
      <rect class="translation-bar" x={inset} y={top} width={FILLED} height={translation * scale} />
    </g>
  );
}

function DayTable({ sums, measure }: { sums: readonly Sum[]; measure: Measure }) {
  const used = sums.filter(({ chat, translation }) => chat + translation > 0);
  return (
    <details>
      <summary>{say('dayByDay')}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('day')}</th>
            <th scope="col">{say('chat')}</th>
            <th scope="col">{say('translation')}</th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ bar, chat, translation }) => (
            <tr key={bar.from}>
              <th scope="row">{dayWords(bar)}</th>
              <td>{amountWords(chat, measure)}</td>
              <td>{amountWords(translation, measure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function amountWords(amount: number, measure: Measure): string {
  return measure === 'cost' ? moneyWords(amount) : writeNumber(Math.round(amount));
}

function dayWords({ from, to }: Bar): string {
  return from === to ? dayName(from) : say('fromTo', dayName(from), dayName(to));
}

function dayName(day: string): string {
  const at = new Date(`${day}T12:00:00`).getTime();
  return writeDate(at, { day: 'numeric', month: 'short', year: 'numeric' });
}
