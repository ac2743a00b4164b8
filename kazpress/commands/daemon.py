"""`kazpress daemon`."""

from typing import TYPE_CHECKING

import click

from kazpress.options import command, common_options, configuration, log_options

if TYPE_CHECKING:
    from kazpress.config import Config


@command(short_help="Run crawls on their schedules.")
@click.option("--list", "only_list", is_flag=True, help="Show the next crawls, and end.")
@common_options
def daemon(only_list: bool, config: "Config") -> None:
    """Run crawls on their schedules until told to stop (SIGTERM or Ctrl-C).

    SIGHUP reads the configuration again. The same as python scheduler.py.

    \b
    Examples:
      kazpress daemon --list
      kazpress daemon --config /etc/kazpress.toml
    """
    from kazpress.daemon.due import next_crawls
    from kazpress.work.summaries import show_next_crawls
    from pipeline.clock import utc_now
    from scheduler import run_daemon
    from spiders.sources import active_sites, check_contact

    if only_list:
        show_next_crawls(next_crawls(config, utc_now()))
    else:
        given = click.get_current_context().params
        db, archive, file = (given[name] for name in ("db", "archive", "config_file"))

        def load() -> "Config":
            config = configuration(db, archive, file)
            check_contact(config, active_sites(config))
            return config

        run_daemon(load, file, log_options())
