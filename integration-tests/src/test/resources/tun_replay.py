"""Makes a TUN device of a link type of its own, says so, and puts a capture's frames on it when told.

usage: tun_replay.py INTERFACE ARPHRD CAPTURE; a line on standard input begins, its end takes the device away.
"""
import fcntl
import struct
import subprocess
import sys

TUNSETIFF = 0x400454CA
TUNSETLINK = 0x400454CD
IFF_TUN = 0x0001
# Without an IP version at its begin, the kernel takes a frame only behind a header that says what it is.
PACKET_INFORMATION = struct.pack("!HH", 0, 0x0019)

name, arphrd, capture = sys.argv[1], int(sys.argv[2]), sys.argv[3]
tun = open("/dev/net/tun", "r+b", buffering=0)
fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN))
fcntl.ioctl(tun, TUNSETLINK, arphrd)
subprocess.run(["ip", "link", "set", name, "up"], check=True)
print("ready", flush=True)
sys.stdin.readline()
with open(capture, "rb") as file:
    order = "<" if file.read(24)[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1") else ">"
    while header := file.read(16):
        length = struct.unpack(order + "IIII", header)[2]
        tun.write(PACKET_INFORMATION + file.read(length))
print("done", flush=True)
sys.stdin.readline()
