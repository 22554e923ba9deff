#!/bin/sh
# Ends what its parent started when the parent dies without doing so (kill -9, crash, closed terminal).
# Reads "add PID" and "drop PID" on stdin. At the end of input the remaining ones are ended, last started first:
# asked with TERM, forced after five seconds. Nothing else is touched.
pids=''
while read -r word pid; do
  case $word in
    add) pids="$pid $pids" ;;
    drop)
      rest=''
      for one in $pids; do [ "$one" = "$pid" ] || rest="$rest $one"; done
      pids=$rest
      ;;
  esac
done
for pid in $pids; do
  kill -TERM "$pid" 2>/dev/null || continue
  tries=50
  while [ "$tries" -gt 0 ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.1
    tries=$((tries - 1))
  done
  kill -KILL "$pid" 2>/dev/null
done
