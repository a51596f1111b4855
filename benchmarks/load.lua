-- For wrk: asks each line of a file in turn (a quoted query, a tab, what is accepted) and writes
-- what happened as one line of JSON. Arguments: the file, what stands before the query in the
-- target, the Host header, and how an answer may be encoded.
local lines, file, head, tail
wraps = 0

function setup(thread)
  running = thread
end

function init(arguments)
  file = arguments[1]
  lines = io.lines(file)
  head = "GET " .. arguments[2]
  tail = "\r\nHost: " .. arguments[3] .. "\r\n"
  if arguments[4] ~= "" then
    tail = tail .. "Accept-Encoding: " .. arguments[4] .. "\r\n"
  end
  tail = tail .. "\r\n"
end

function request()
  local line = lines()
  if not line then
    wraps = wraps + 1
    lines = io.lines(file)
    line = lines()
  end
  local query, accept = line:match("^(%S+)\t(.*)$")
  return head .. query .. " HTTP/1.1\r\nAccept: " .. accept .. tail
end

function done(summary, latency, _)
  local errors = summary.errors
  io.stderr:write(string.format(
    '{"requests": %d, "microseconds": %d, "bytes": %d, "refused": %d, "broken": %d, ' ..
    '"late": %d, "p50": %d, "p99": %d, "longest": %d, "wraps": %d}\n',
    summary.requests, summary.duration, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write, errors.timeout,
    latency:percentile(50), latency:percentile(99), latency.max, running:get("wraps")))
end
