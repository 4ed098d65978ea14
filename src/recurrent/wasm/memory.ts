/** Zeroed memory of `bytes` bytes, aligned to 16. Traps where the memory cannot grow so far. */
export function allocate(bytes: usize): usize {
  const pointer = heap.alloc(bytes);
  memory.fill(pointer, 0, bytes);
  return pointer;
}

/** Gives back what {@link allocate} gave. */
export function release(pointer: usize): void {
  heap.free(pointer);
}
