import type { Attachment } from 'svelte/attachments';

/** Less than this is a press with an unsteady hand. */
const SLACK = 6;

interface DragOptions {
  /** The place that the pointer is over, or undefined; told while it moves. */
  onover(place: number | undefined): void;
  /** An item was let go over another place. */
  ondrop(from: number, to: number): void;
}

/** Lets the pointer drag the elements with `data-place` in a row onto each other. A press that does not move stays a click. */
export function draggable({ onover, ondrop }: DragOptions): Attachment<HTMLElement> {
  return (row) => {
    let held: { tile: HTMLElement; x: number; y: number; moved: boolean } | undefined;

    const placeUnder = ({ clientX, clientY }: PointerEvent) => {
      const tile = document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('[data-place]');
      return tile && row.contains(tile) && tile !== held?.tile ? Number(tile.dataset['place']) : undefined;
    };

    function letGo() {
      held?.tile.classList.remove('dragged');
      held?.tile.style.removeProperty('translate');
      held = undefined;
      onover(undefined);
    }

    function down(event: PointerEvent) {
      const tile = (event.target as Element).closest<HTMLElement>('[data-place]');
      if (!tile || !event.isPrimary || event.button !== 0) return;
      held = { tile, x: event.clientX, y: event.clientY, moved: false };
    }

    function move(event: PointerEvent) {
      if (!held || !event.isPrimary) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (!held.moved) {
        if (Math.hypot(dx, dy) < SLACK) return;
        held.moved = true;
        row.setPointerCapture(event.pointerId);
        held.tile.classList.add('dragged');
      }
      held.tile.style.setProperty('translate', `${dx}px ${dy}px`);
      onover(placeUnder(event));
    }

    function up(event: PointerEvent) {
      if (!held || !event.isPrimary) return;
      const from = Number(held.tile.dataset['place']);
      const to = held.moved ? placeUnder(event) : undefined;
      letGo();
      if (to !== undefined) ondrop(from, to);
    }

    const escape = (event: KeyboardEvent) => event.key === 'Escape' && held && letGo();
    row.addEventListener('pointerdown', down);
    row.addEventListener('pointermove', move);
    row.addEventListener('pointerup', up);
    row.addEventListener('pointercancel', letGo);
    document.addEventListener('keydown', escape);
    return () => {
      row.removeEventListener('pointerdown', down);
      row.removeEventListener('pointermove', move);
      row.removeEventListener('pointerup', up);
      row.removeEventListener('pointercancel', letGo);
      document.removeEventListener('keydown', escape);
    };
  };
}
