/**
 * A second, simple telling of the rules of friends, requests and blocks, for property tests to compare with. Days stand for
 * times.
 */

export type Op =
  | { readonly op: "add"; readonly user: string; readonly target: string; readonly action: 1 | 2 }
  | { readonly op: "accept" | "refuse"; readonly user: string; readonly target: string }
  | { readonly op: "remove"; readonly user: string; readonly targets: readonly string[] }
  | { readonly op: "removeAll"; readonly user: string }
  | { readonly op: "block" | "unblock"; readonly user: string; readonly targets: readonly string[] }
  | { readonly op: "permission"; readonly user: string; readonly level: 1 | 2 | 3 };

export interface Model {
  readonly day: number;
  readonly users: readonly string[];
  readonly friendLimit: number;
  readonly blockLimit: number;
  /** "a b", both ways. */
  readonly friends: ReadonlySet<string>;
  /** "requester target" */
  readonly requests: ReadonlyMap<string, { readonly status: 0 | 1 | 2; readonly day: number }>;
  /** "user blocked" */
  readonly blocks: ReadonlySet<string>;
  readonly levels: ReadonlyMap<string, 1 | 2 | 3>;
}

/** What the model says of an operation: the state after it, and "ok" or the refusal's code. */
export type Step = readonly [Model, string];

const of = (set: ReadonlySet<string>, user: string) => [...set].filter((key) => key.startsWith(`${user} `));
const isOpen = (model: Model, key: string) => {
  const request = model.requests.get(key);
  return request !== undefined && request.status === 0 && model.day - request.day < 7;
};

function befriended(model: Model, a: string, b: string): Model {
  const requests = new Map(model.requests);
  for (const key of [`${a} ${b}`, `${b} ${a}`]) {
    const request = requests.get(key);
    if (request !== undefined && isOpen(model, key)) requests.set(key, { ...request, status: 1 });
  }
  return { ...model, friends: new Set([...model.friends, `${a} ${b}`, `${b} ${a}`]), requests };
}

function wish(model: Model, user: string, target: string, way: 1 | 2 | "accept"): Step {
  const no = (code: string): Step => [model, code];
  if (user === target) return no("friend_is_self");
  if (!model.users.includes(user) || !model.users.includes(target)) return no("user_not_found");
  const received = isOpen(model, `${target} ${user}`);
  if (way === "accept" && !received) return no("friend_request_not_found");
  if (model.friends.has(`${user} ${target}`)) return no("already_friends");
  if (model.blocks.has(`${target} ${user}`)) return no("blocked_by_target");
  if (model.blocks.has(`${user} ${target}`)) return no("target_blocked");
  if (of(model.friends, user).length >= model.friendLimit) return no("friend_limit_reached");
  if (of(model.friends, target).length >= model.friendLimit) return no("target_friend_limit_reached");
  const level = model.levels.get(target) ?? 2;
  if (way !== 1 || level === 1) return [befriended(model, user, target), "ok"];
  if (level === 3) return no("friend_requests_refused");
  if (received) return [befriended(model, user, target), "ok"];
  const requests = new Map(model.requests).set(`${user} ${target}`, { status: 0, day: model.day });
  return [{ ...model, requests }, "ok"];
}

export function apply(model: Model, op: Op): Step {
  if (op.op === "permission") return [{ ...model, levels: new Map(model.levels).set(op.user, op.level) }, "ok"];
  if (op.op === "add") return wish(model, op.user, op.target, op.action);
  if (op.op === "accept") return wish(model, op.user, op.target, "accept");
  if (op.op === "block" && op.targets.includes(op.user)) return [model, "invalid_parameter"];
  if (!model.users.includes(op.user)) return [model, "user_not_found"];
  switch (op.op) {
    case "refuse": {
      const key = `${op.target} ${op.user}`;
      if (!model.users.includes(op.target)) return [model, "user_not_found"];
      const request = model.requests.get(key);
      if (request === undefined || !isOpen(model, key)) return [model, "friend_request_not_found"];
      return [{ ...model, requests: new Map(model.requests).set(key, { ...request, status: 2 }) }, "ok"];
    }
    case "remove":
    case "removeAll": {
      const gone = (other: string) => op.op === "removeAll" || op.targets.includes(other);
      const stays = (key: string) => {
        const [a = "", b = ""] = key.split(" ");
        return !((a === op.user && gone(b)) || (b === op.user && gone(a)));
      };
      return [{ ...model, friends: new Set([...model.friends].filter(stays)) }, "ok"];
    }
    case "block": {
      const known = op.targets.filter((target) => model.users.includes(target));
      const blocks = new Set([...model.blocks, ...known.map((target) => `${op.user} ${target}`)]);
      if (of(blocks, op.user).length > model.blockLimit) return [model, "blocklist_limit_reached"];
      return [{ ...model, blocks }, "ok"];
    }
    case "unblock": {
      const blocks = new Set(model.blocks);
      for (const target of op.targets) blocks.delete(`${op.user} ${target}`);
      return [{ ...model, blocks }, "ok"];
    }
  }
}

/** Every order in which operations that ran at the same time may have happened. */
export function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
