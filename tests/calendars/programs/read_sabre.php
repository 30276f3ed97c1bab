<?php
// Prints, as JSON, what sabre/vobject reads in the calendar files named. Its validator is switched off in Debian.
require 'Sabre/VObject/autoload.php';
$events = [];
foreach (array_slice($argv, 1) as $path) {
    $calendar = Sabre\VObject\Reader::read(file_get_contents($path));
    foreach ($calendar->VEVENT as $event) {
        $events[] = [
            'uid' => (string) $event->UID,
            'start' => $event->DTSTART->getDateTime()->getTimestamp(),
            'end' => $event->DTEND->getDateTime()->getTimestamp(),
            'summary' => (string) $event->SUMMARY,
            'description' => (string) $event->DESCRIPTION,
            'status' => (string) $event->STATUS,
        ];
    }
}
echo json_encode(['version' => Sabre\VObject\Version::VERSION, 'events' => $events, 'findings' => []]), "\n";
