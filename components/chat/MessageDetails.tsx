import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { detailLines, findPrice } from '../../lib/chat/details.ts';
import type { ChatModel } from '../../lib/chat/model.ts';
import type { TurnModel } from '../../lib/chat/turn-list.ts';
import './details.css';

/** What is known of how a message was answered. */
export function MessageDetails({ turn, model }: { turn: TurnModel; model: ChatModel }) {
  const price = useSignal<Awaited<ReturnType<typeof findPrice>>>(null);
  const { connect } = model.deps;
  useEffect(() => {
    void findPrice(connect, turn.id).then((found) => {
      price.value = found;
    });
  }, [price, connect, turn.id]);
  return (
    <dl class="details">
      {detailLines(turn, price.value).map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd dir="auto">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
