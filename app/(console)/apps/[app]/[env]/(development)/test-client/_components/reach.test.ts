import { describe, expect, test } from "vitest";
import { reachProblem } from "./reach";

describe("whether the browser will connect", () => {
  test.each([
    ["http://localhost:3000", "http://localhost:3001", null],
    ["http://127.0.0.1:3000/apps", "http://localhost:3001", null],
    ["https://console.example.com", "https://im.example.com", null],
    ["http://console.example.com", "http://im.example.com", null],
    ["http://console.example.com", "https://im.example.com", null],
    ["https://console.example.com", "http://im.example.com", "mixed-content"],
    ["https://localhost:3000", "http://im.example.com", "mixed-content"],
    ["https://localhost:3000", "http://localhost:3001", null],
    ["http://console.example.com:3000", "http://localhost:3001", "loopback"],
    ["https://console.example.com", "http://127.0.0.1:3001", "loopback"],
    ["http://10.0.0.5:3000", "http://[::1]:3001", "loopback"],
  ])("%s to %s: %s", (page, api, problem) => {
    expect(reachProblem(page, api)).toBe(problem);
  });
});
