"""A mail server on loopback that speaks TLS: smtp_tls_catcher.py starttls|implicit CERTIFICATE KEY

Says "port N" on standard error once it listens, and one line of JSON on standard output for each letter it took, with what
the connection was like when the letter, and when the password, came.
"""
import base64
import json
import socket
import ssl
import sys

mode, certificate, key = sys.argv[1:4]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)


def talk(connection):
    secret = mode == "implicit"
    if secret:
        connection = context.wrap_socket(connection, server_side=True)
    stream = connection.makefile("rwb")
    letter = {"auth": "", "auth_over_tls": False}

    def say(text):
        stream.write(text.encode() + b"\r\n")
        stream.flush()

    say("220 catcher")
    while line := stream.readline():
        verb = line[:4].upper()
        if verb == b"EHLO":
            offers = ["catcher"] + ([] if secret else ["STARTTLS"]) + ["AUTH PLAIN", "8BITMIME"]
            say("\r\n".join(f"250{'-' if i + 1 < len(offers) else ' '}{offer}" for i, offer in enumerate(offers)))
        elif verb == b"STAR":
            say("220 go on")
            connection = context.wrap_socket(connection, server_side=True)
            stream = connection.makefile("rwb")
            secret = True
        elif verb == b"AUTH":
            words = line.decode().split()
            if len(words) < 3:
                say("334 ")
                words.append(stream.readline().decode().strip())
            letter["auth"] = base64.b64decode(words[2]).decode().replace("\0", " ").strip()
            letter["auth_over_tls"] = secret
            say("235 welcome" if letter["auth"] == "hub secret" else "535 no")
        elif verb == b"DATA":
            say("354 go on")
            text = b""
            while (line := stream.readline()) not in (b".\r\n", b""):
                text += line
            letter |= {"tls": connection.version() if secret else "", "text": text.decode()}
            print(json.dumps(letter), flush=True)
            say("250 kept")
        elif verb == b"QUIT":
            say("221 bye")
            return
        else:
            say("250 ok")


listener = socket.create_server(("127.0.0.1", 0))
print("port", listener.getsockname()[1], file=sys.stderr, flush=True)
while True:
    connection, _ = listener.accept()
    connection.settimeout(10)
    try:
        talk(connection)
    except (OSError, ValueError):
        pass  # whoever did not like our certificate has hung up
    connection.close()
