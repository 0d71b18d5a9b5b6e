# SPDX-License-Identifier: GPL-2.0-or-later
# How prove shows our tests: a line for each program or part, what failed of it,
# how far a long one is; and at the end the sum, "N passed, N failed".
# May touch: build/check/ (LOGS=DIR instead), one log for each.
package Report;
use strict;
use warnings;

sub new {
	my ($class) = @_;
	my $logs = $ENV{LOGS} || 'build/check';
	$| = 1;
	return bless { logs => $logs, began => time }, $class;
}

# prove asks for these.
sub prepare { return }
sub verbosity { return 0 }

sub open_test {
	my ($self, $name, $parser) = @_;
	return Report::Session->new($self, $name, $parser);
}

# Passed and failed. A test that the plan promises and that did not come has
# failed; so has a program that broke TAP's rules, ran nothing, or ended badly
# though all its tests passed.
sub counts {
	my ($parser) = @_;
	my $failed = $parser->failed;
	my $lost = ($parser->tests_planned || 0) - $parser->tests_run;
	$failed += $lost if $lost > 0;
	$failed ||= 1 if $parser->has_problems;
	return ($parser->passed - $parser->skipped, $failed);
}

sub summary {
	my ($self, $all, $interrupted) = @_;
	my ($passed, $failed) = (0, $interrupted ? 1 : 0);
	for my $parser ($all->parsers) {
		my ($good, $bad) = counts($parser);
		$passed += $good;
		$failed += $bad;
	}
	printf "  %-22s %4d s\n", 'in all', time - $self->{began};
	print "$passed passed, $failed failed\n";
	return;
}

package Report::Session;
use strict;
use warnings;
use IO::Handle;

my $TERMINAL = -t STDOUT;

sub new {
	my ($class, $report, $name, $parser) = @_;
	(my $short = $name) =~ s{.*[/:]}{};
	my $path = "$report->{logs}/$short.log";
	open my $log, '>', $path or die "$path: $!\n";
	$log->autoflush(1);
	my $self = bless {
		name => $short, parser => $parser, path => $path, log => $log,
		began => time, told => time, good => 0, line => '',
		shown => [], other => [], more => 0,
	}, $class;
	$self->tick_each_second;
	return $self;
}

# The reading goes on where the signal came in between.
sub tick_each_second {
	my ($self) = @_;
	$SIG{ALRM} = sub { $self->tell_progress; alarm 1 };
	for my $signal (qw(TERM HUP)) {
		$SIG{$signal} = sub {
			kill $signal, $self->{parser}->_iterator->{pid};
			exit 130;
		};
	}
	alarm 1;
	return;
}

sub tell_progress {
	my ($self) = @_;
	my $seconds = time - $self->{began};
	if ($TERMINAL) {
		printf "\r\033[K  %-22s %4d s  %s", $self->{name}, $seconds,
			substr $self->{line}, 0, 45;
	} elsif (time - $self->{told} >= 60) {
		$self->{told} = time;
		printf "  %-22s %4d s  %d ok so far\n", $self->{name}, $seconds,
			$self->{good};
	}
	return;
}

# Of a test that failed, the lines that follow are shown too.
sub result {
	my ($self, $result) = @_;
	my $line = $result->raw;
	print { $self->{log} } "$line\n";
	$line =~ tr/\r\033//d;
	$self->{line} = $line;
	if ($result->is_test && $result->is_ok) {
		$self->{good}++;
		$self->{more} = 0;
		return;
	}
	$self->{more} = 20 if $result->is_test;
	if ($self->{more} > 0 && !$result->is_plan) {
		push @{ $self->{shown} }, $line;
		$self->{more}--;
	} else {
		push @{ $self->{other} }, $line;
	}
	return;
}

# At most so many lines: the first ones and the last ones.
sub some_of {
	my ($most, @lines) = @_;
	return @lines if @lines <= $most;
	my $half = $most / 2;
	return (@lines[0 .. $half - 1], '…', @lines[-$half .. -1]);
}

sub show_failure {
	my ($self) = @_;
	my $parser = $self->{parser};
	my @lines = @{ $self->{shown} };
	@lines = some_of(40, @{ $self->{other} }) unless @lines;
	print substr("    $_", 0, 200), "\n" for some_of(80, @lines);
	print "    $_\n" for $parser->parse_errors;
	my $signal = ($parser->wait || 0) & 127;
	print "    it ended with ", $signal ? "signal $signal" :
		'status ' . $parser->exit, "\n" if $parser->wait;
	print "    all of it: $self->{path}\n";
	return;
}

sub close_test {
	my ($self) = @_;
	my $parser = $self->{parser};
	alarm 0;
	delete @SIG{qw(ALRM TERM HUP)};
	close $self->{log};
	# prove is content with a plan of nothing.
	$parser->_add_error('It ran no test') unless $parser->tests_run;
	my ($passed, $failed) = Report::counts($parser);
	my $skipped = $parser->skipped;
	print "\r\033[K" if $TERMINAL;
	printf "  %-22s %4d s  %3d passed, %d failed%s\n", $self->{name},
		time - $self->{began}, $passed, $failed,
		$skipped ? ", $skipped skipped" : '';
	$self->show_failure if $failed;
	delete $self->{parser};
	return;
}

1;
