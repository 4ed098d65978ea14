/**
 * Calls whenever an element has another size, from the next frame on: what is drawn anew may bring a scroll bar, and so a size
 * again, and browsers report it as an error where that happens within one frame.
 * @returns what ends it
 */
export function onResize(element: Element, act: () => void): () => void {
  let frame = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(act);
  });
  observer.observe(element);
  return () => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  };
}
