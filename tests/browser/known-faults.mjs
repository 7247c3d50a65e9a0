// Tests whose fault is known and not yet mended. Each still runs and is printed as "todo" with its reason, so nothing is hidden; take
// a line away with the mend. A test that is not named here must pass.
import { after, before, test as run } from "node:test";

const FAULTS = new Map(Object.entries({
}));

const test = (name, ...rest) => {
  const todo = FAULTS.get(name);
  return todo ? run(name, { todo }, ...rest) : run(name, ...rest);
};

export { after, before, test };
