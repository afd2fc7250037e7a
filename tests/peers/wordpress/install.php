<?php
// Installs the WordPress of this folder without a browser and writes into it what a JSON file says:
//     php install.php SEED.json
// {"posts":[{"title","date","tags"}],"comments":[{"post","parent","name","url","date","type","user"}]}; posts and
// comments are named by their place in the lists; dates are in UTC. Prints {"posts":[link],"comments":[number]}.
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = getenv('WP_HOST');
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
require __DIR__ . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';

if (!is_blog_installed()) {
    ob_start();
    wp_install('Owls', 'owner', 'owner@blog.example', true, '', 'password');
    ob_end_clean();
    foreach (get_posts(['post_type' => 'any', 'numberposts' => -1]) as $post) wp_delete_post($post->ID, true);
    foreach (['comment_moderation' => 0, 'comment_previously_approved' => 0, 'default_pingback_flag' => 0,
              'permalink_structure' => '/%postname%/'] as $name => $value) update_option($name, $value);
}
global $wp_rewrite;
$wp_rewrite->init();
$seed = json_decode(file_get_contents($argv[1]), true);
$posts = $comments = [];
foreach ($seed['posts'] as $post) {
    $posts[] = wp_insert_post(['post_title' => $post['title'], 'post_content' => 'x', 'post_status' => 'publish',
        'post_author' => 1, 'tags_input' => $post['tags'], 'post_date' => $post['date'], 'post_date_gmt' => $post['date']]);
}
foreach ($seed['comments'] as $comment) {
    $comments[] = wp_insert_comment(['comment_post_ID' => $posts[$comment['post']], 'comment_content' => 'x',
        'comment_parent' => $comment['parent'] === null ? 0 : $comments[$comment['parent']],
        'comment_author' => $comment['name'], 'comment_author_url' => $comment['url'], 'user_id' => $comment['user'],
        'comment_type' => $comment['type'], 'comment_approved' => 1, 'comment_date' => $comment['date'],
        'comment_date_gmt' => $comment['date']]);
}
echo json_encode(['posts' => array_map('get_permalink', $posts), 'comments' => $comments]), "\n";
