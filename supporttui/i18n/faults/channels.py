"""What is said of channels that could not tell anybody; by ``texts.py`` with all the others."""

from collections.abc import Mapping

from supporttui.domain.marking import mark

CHANNELS: Mapping[str, str] = {
    "channel.unknown": mark("There is no channel {channel} in the configuration."),
    "channel.not_started": mark("The program {program} of the channel {channel} could not be started: {reason}."),
    "channel.timeout": mark("The program {program} of the channel {channel} did not end within {seconds} seconds."),
    "channel.refused": mark("The program {program} of the channel {channel} ended with {status}: {said}"),
    "channel.address": mark("The channel {channel} cannot send to {address}: this is no address."),
    "channel.unreachable": mark("The channel {channel} does not reach {host}: {reason}."),
    "channel.late": mark("The channel {channel} had no answer within {seconds} seconds."),
    "channel.rejected": mark("The channel {channel} was answered with {status}: {said}"),
    "channel.login": mark("The server of the channel {channel} does not take the name or the password ({status})."),
    "channel.certificate": mark("The channel {channel} does not trust {host}: {reason}."),
    "channel.secret": mark("The channel {channel} cannot read its secret from {place}: {reason}."),
    "channel.not_installed": mark(
        "The channel {channel} needs apprise, which is not installed: pip install 'supporttui[{extra}]'"
    ),
    "channel.url": mark("A URL of the channel {channel} is none that apprise understands."),
    "channel.failed": mark("The service of the channel {channel} did not take the message, or was not reached."),
    "channel.broken": mark("The channel {channel} ended with {status} while it was sending."),
    "notify.quiet": mark("{where}: {found} are no hours; write them as 22:00-07:00."),
    "channel.secret_ways": mark("{where}: name one place of the secret: a file, a variable (env) or a command."),
    "channel.plain_password": mark("{where}: no password goes over an open line. Set security to tls or starttls."),
    "channel.no_url": mark("{where}: at least one URL is needed."),
    "channel.placeholder": mark("{where}: there is no {name} to fill in. Known: {allowed}."),
}
CHANNELS_BARE: Mapping[str, str] = {
    "notify.quiet": mark("{found} are no hours; write them as 22:00-07:00."),
    "channel.secret_ways": mark("Name one place of the secret: a file, a variable (env) or a command."),
    "channel.plain_password": mark("No password goes over an open line. Set security to tls or starttls."),
    "channel.no_url": mark("At least one URL is needed."),
    "channel.placeholder": mark("There is no {name} to fill in. Known: {allowed}."),
}
"""Of those above, where it is not known in which setting."""
