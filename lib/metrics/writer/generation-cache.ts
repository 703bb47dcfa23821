/** A bounded map that forgets what was not used for long; a hit costs one look-up. */
export interface GenerationCache<Value> {
  get: (key: string) => Value | undefined;
  set: (key: string, value: Value) => void;
  delete: (key: string) => void;
  readonly size: number;
}

/**
 * Two generations: the younger fills up, then becomes the older one and what was left of that is forgotten. What is used
 * moves to the younger, so an entry in use is never lost (unlike an exact order of use, a hit moves nothing).
 * @param max most entries, half of them in each generation
 */
export function createGenerationCache<Value>(max: number): GenerationCache<Value> {
  const half = Math.max(1, Math.floor(max / 2));
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  const set = (key: string, value: Value) => {
    if (young.size >= half && !young.has(key)) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  };
  return {
    get: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) {
        old.delete(key);
        set(key, older);
      }
      return older;
    },
    set: (key, value) => {
      old.delete(key);
      set(key, value);
    },
    delete: (key) => {
      young.delete(key);
      old.delete(key);
    },
    get size() {
      return young.size + old.size;
    },
  };
}
