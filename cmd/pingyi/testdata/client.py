# Comes in with paramiko: client.py [-t] HOST PORT CODE [WORD]
import sys

import paramiko

args = sys.argv[1:]
terminal = args[0] == "-t"
if terminal:
    args = args[1:]
host, port, code = args[:3]
line = paramiko.Transport((host, int(port)))
line.start_client(timeout=60)
line.auth_interactive("anybody", lambda title, about, questions: [code for _ in questions])
channel = line.open_session()
if terminal:
    channel.get_pty("xterm-256color", 80, 24)
    channel.invoke_shell()
else:
    channel.exec_command(args[3])
    channel.shutdown_write()
while data := channel.recv(4096):
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
while data := channel.recv_stderr(4096):
    sys.stderr.buffer.write(data)
code = channel.recv_exit_status()
line.close()
sys.exit(code)
