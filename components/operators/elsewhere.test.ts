import { expect, test } from "vitest";
import { elsewhere } from "./elsewhere";

test("a link to another address than the page's own is told, and nothing else is", () => {
  const here = "http://192.168.1.5:3000";
  expect(elsewhere("http://localhost:3000/invite/secret", here)).toBe("http://localhost:3000");
  expect(elsewhere("https://192.168.1.5:3000/invite/secret", here)).toBe("https://192.168.1.5:3000");
  expect(elsewhere(`${here}/reset/secret`, here)).toBeNull();
  expect(elsewhere("imt_token", here)).toBeNull();
});
