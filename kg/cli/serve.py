"""``kg serve``: the pages, the SPARQL endpoint and the API over a store."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import click
import uvicorn

from kg.cli.options import store_option
from kg.errors import InputError
from kg.web import DiskViews, create_app

host_option = click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on. 监听地址。"
)
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port; 0 takes a free one. 端口。",
)


@click.command("serve")
@host_option
@port_option
@store_option
def command(host: str, port: int, store: Path) -> None:
    """Serve the pages, the SPARQL endpoint and the API 启动网页与查询服务.

    Reads only. A store that another command changes meanwhile is read anew with the next request. It listens on
    this machine alone unless --host says otherwise; nobody is asked for a password.
    """
    serve(store, host, port)


def serve(store: Path, host: str, port: int) -> None:
    """Serve until interrupted. Raises StoreError where the store cannot be opened, InputError for a busy port."""
    views = DiskViews(store)
    with views():  # so that a missing store is told before the first request
        listener = listen(host, port)
    address = listener.getsockname()
    shown = f"[{address[0]}]" if ":" in address[0] else address[0]
    click.echo(f"http://{shown}:{address[1]}/  (Ctrl-C stops, 按 Ctrl-C 停止)")
    config = uvicorn.Config(create_app(views), log_level="warning", server_header=False)
    try:
        uvicorn.Server(config).run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # uvicorn has shut down in order and raises the signal again
    finally:
        views.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on host and port. Raises InputError where it cannot."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise InputError(f"port {port} is in use; take another one with --port") from None
        raise InputError(f"cannot listen on {host}:{port} ({error.strerror or error})") from None
