<?php
// Plugin: whoever carries the token of this test is the owner, as with the plugins that let tokens log in.
add_filter('determine_current_user', function ($user) {
    return ($_SERVER['HTTP_AUTHORIZATION'] ?? '') === 'Bearer token-of-the-owner' ? 1 : $user;
}, 99);
